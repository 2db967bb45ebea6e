import type { LogEntry, Message } from '../../protocol/server-frames.ts'
import type { ModerationStore } from './moderation-store.ts'
import type { PersonRecord, RoomRecord } from './room-record.ts'

/** A message as it is stored: the part everyone may see, and the part only the room needs. */
export interface StoredMessage {
  message: Message
  /** The first text of an edited message. */
  first?: string
  /** The `seq` of each edit; their texts are erased when the message is deleted. */
  edits?: readonly number[]
  /** Replaces the first text once that is erased. */
  fingerprint?: string
}

/** A change found by its author and id. */
export interface StoredChange {
  entry: LogEntry
  /** The first text, or the fingerprint of an erased one. */
  first: { text: string } | { fingerprint: string }
}

/** An invitation that someone has not answered yet. */
export interface PendingInvitation {
  room: string
  inviter: string
  /** The inviter's id; absent where an earlier version stored the invitation. */
  inviterId?: string
  /** A hash of the inviter's address, where that is known. */
  network?: string
}

/** Slow mode looks for who spoke among this many of the newest messages and of the newest other changes. */
export const SPOKE_AMONG = { messages: 1_000, changes: 200 }

/** A part of the log: what comes after the one `seq`, up to the other. */
export interface Stretch {
  after: number
  upTo: number
}

export type PageQuery = { before?: number; after?: number; around?: number; limit: number }

/**
 * The storage of a room, all of it synchronous. Before `begin` everything reads as empty and nothing is written. A
 * change is one row; an edit, a deletion or a reaction also rewrites the row of its message.
 */
export interface Store {
  /** Stores everything that `work` writes, or nothing. */
  transaction<T>(work: () => T): T

  readonly moderation: ModerationStore

  /** Whether there are tables. They are made at the first write; a private room waits for its first join. */
  readonly hasTables: boolean
  record(): RoomRecord | undefined
  begin(record: RoomRecord): void
  saveRecord(record: RoomRecord): void

  append(entry: LogEntry): void
  message(seq: number): StoredMessage | undefined
  /** Replaces a stored message. */
  saveMessage(stored: StoredMessage): void
  /** Erases the texts of edits and topics, and leaves a fingerprint of each. */
  redact(changes: readonly number[]): void
  /** The change with this author and id among those with `after < seq <= upTo`. */
  find(query: { by: string; id: string; after: number; upTo: number }): StoredChange | undefined
  /** Author, id and seq of every change in this part of the log, oldest first. */
  ids(within: Stretch): { by: string; id: string; seq: number }[]
  /** Up to `limit` changes after `after`, in order. */
  replay(after: number, limit: number): LogEntry[]
  /** Messages by seq, oldest first, as they are today. */
  page(query: PageQuery): Message[]

  person(personId: string): PersonRecord | undefined
  /** People with this name or a confusable one, and perhaps a few others; `LIMITS.alikeNames` of them at most. */
  named(username: string): PersonRecord[]
  savePerson(person: PersonRecord): void
  /** Saves a person's role, mute and ban. */
  saveStanding(person: PersonRecord): void
  /** Saves whether only people whom this person has met in private can invite them. */
  refuseStrangers(personId: string, refuses: boolean): void
  /** The people who joined last, up to `limit`. */
  people(limit: number): PersonRecord[]
  /** How many people there are, or a few more. Counted once, then kept in memory. */
  countPeople(): number
  /** Erases a person's record, invitations, pairs and blocks. */
  removePerson(personId: string): void
  /** The `seq` of each of a person's messages in this part of the log that still has a text, oldest first. */
  messagesOf(personId: string, within: Stretch, limit: number): number[]
  /** A person's texts in this part of the log that are in no message: topics, and edits of messages that are gone. */
  looseTexts(personId: string, within: Stretch): { seq: number; topic?: string }[]
  /** Removes a person's name from this part of the log. */
  removeName(personId: string, within: Stretch): void
  /** The oldest changes before `time`: the last `seq`, and the rows that their deletion writes, `limit` or a few more. */
  expired(time: number, limit: number): { upTo: number; rows: number } | undefined
  /** How many changes of a person this part of the log has. */
  countChanges(personId: string, within: Stretch): number
  /** Deletes these changes, and erases the later edits of deleted messages; answers the last `seq`, and the edits. */
  trim(time: number, limit: number): { upTo: number; erased: readonly number[] } | undefined
  /** The time of the oldest stored change. */
  oldest(): number | undefined
  /** When someone last spoke after `since`, among the newest `SPOKE_AMONG` messages and changes. */
  lastSpoke(personId: string, since: number): number | undefined
  /** Saves a read marker, unless a later one is saved, and whether its person has spoken. */
  saveRead(personId: string, seq: number, spoke?: boolean): void

  /** The private room of two people, in either order. */
  pair(one: string, other: string): string | undefined
  savePair(one: string, other: string, room: string): void
  /** Whether one of two people has followed an invitation of the other. */
  haveMet(one: string, other: string): boolean
  saveMeeting(one: string, other: string, room: string): void
  /** Has an invitation wait. It also is the record of the pair, until it is removed. */
  invite(invited: string, waiting: PendingInvitation): void
  waiting(invited: string): PendingInvitation[]
  uninvite(invited: string, room: string): void
}
