import type { LogEntry, Message } from '../../protocol/server-frames.ts'
import type { ModerationStore } from './moderation-store.ts'
import type { PersonRecord, RoomRecord } from './room-record.ts'

/** A message as it is kept: what everyone may see, and what only the record needs. */
export interface StoredMessage {
  message: Message
  /** The text it was first sent with, once it was edited. */
  first?: string
  /** The `seq` of each edit, whose texts go with it when it is deleted. */
  edits?: readonly number[]
  /** Stands for the first text once that was erased. */
  fingerprint?: string
}

/** A change found by its author and id. */
export interface StoredChange {
  entry: LogEntry
  /** What it was first sent with: a text, or the fingerprint of an erased one. */
  first: { text: string } | { fingerprint: string }
}

/** An invitation that waits for someone. */
export interface PendingInvitation {
  room: string
  inviter: string
}

export type PageQuery = { before?: number; after?: number; around?: number; limit: number }

/**
 * What a room asks of its storage, all of it synchronous. Before `begin` everything reads as empty and nothing
 * is written. One change is one row; an edit, a deletion or a reaction rewrites its message's row besides.
 */
export interface Store {
  /** All that `work` writes is kept, or none of it. */
  transaction<T>(work: () => T): T

  readonly moderation: ModerationStore

  record(): RoomRecord | undefined
  begin(record: RoomRecord): void
  saveRecord(record: RoomRecord): void

  append(entry: LogEntry): void
  message(seq: number): StoredMessage | undefined
  /** Replaces what is kept of a message. */
  saveMessage(stored: StoredMessage): void
  /** Erases the texts of edits; a fingerprint of each stays. */
  redact(edits: readonly number[]): void
  /** The change with this author and id among those with `after < seq <= upTo`. */
  find(query: { by: string; id: string; after: number; upTo: number }): StoredChange | undefined
  /** Author, id and seq of every change after `after`, oldest first. */
  ids(after: number): { by: string; id: string; seq: number }[]
  /** Up to `limit` changes after `after`, in order. */
  replay(after: number, limit: number): LogEntry[]
  /** Messages by seq, oldest first, as they are today. */
  page(query: PageQuery): Message[]

  person(by: string): PersonRecord | undefined
  named(nameKey: string): PersonRecord[]
  savePerson(person: PersonRecord): void
  /** Their role, and what they are kept from. */
  saveStanding(person: PersonRecord): void
  /** Those who were here last, up to `limit`. */
  people(limit: number): PersonRecord[]
  /** Who they were, their invitations, their pairs, what they blocked. */
  removePerson(by: string): void
  /** The `seq` of messages of theirs up to `upTo` that still have a text, oldest first. */
  messagesOf(by: string, upTo: number, limit: number): number[]
  /** Takes their name off what stays of them in the log. */
  removeName(by: string, upTo: number): void
  /** Deletes the oldest of the log, those before `time`, at most `limit`; answers the last `seq` that went. */
  trim(time: number, limit: number): number | undefined
  /** The time of the oldest that is kept of the log. */
  oldest(): number | undefined
  /** When someone last spoke after `since`, among the newest 1,000 messages. */
  lastSpoke(by: string, since: number): number | undefined
  /** How far a person has read; it only moves on. */
  saveRead(by: string, seq: number): void

  /** The private room of two persons, in whichever order they are named. */
  pair(one: string, other: string): string | undefined
  savePair(one: string, other: string, room: string): void
  invite(invited: string, waiting: PendingInvitation): void
  waiting(invited: string): PendingInvitation[]
  uninvite(invited: string, room: string): void
}
