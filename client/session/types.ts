import type { ClientFrame } from '../../src/protocol/client-frames.ts'
import type { ErrorCode } from '../../src/protocol/errors.ts'
import type { Invitation, Joined, Message, ServerData } from '../../src/protocol/server-frames.ts'

/**
 * The session kit: the protocol's other half, the same in a browser, in Node and in a bot. It knows no DOM;
 * sockets, storage, time and randomness come in through `SessionOptions`.
 */

/** One WebSocket, as small as it gets. A transport calls the handlers it was made with, in order. */
export interface Socket {
  send(text: string): void
  close(): void
}
export interface SocketHandlers {
  open(): void
  message(text: string): void
  /** Called once, also where the socket never opened (code 1006). */
  close(code: number): void
}

export interface Clock {
  now(): number
  /** Runs `run` once, `ms` later; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

/** A change that was typed here and is not yet known to be in the log. */
export type OutboxFrame = Extract<
  ClientFrame,
  { event: 'updateChat' | 'editChat' | 'deleteChat' | 'react' | 'setTopic' }
>
export interface OutboxEntry {
  /** The client's own id: unique for ever. */
  readonly id: string
  readonly room: string
  /** Grows with each entry of a room, also across tabs: the order it was typed in. */
  readonly order: number
  /** When it was typed, by the client's clock: for display only. */
  readonly time: number
  /** As it goes on the wire, with `since` and `epoch` of the moment it was first queued (absent: never joined). */
  readonly frame: OutboxFrame
  /** Set where the server refused it for good: the person retries or discards. */
  readonly failed?: {
    code: string
    message: string
    /** Until when the server goes on refusing it, by the client's clock, where it said so. */
    until?: number
  }
}

/** Where the outbox lives: IndexedDB in a page, memory in a bot. The only source of what is sent again. */
export interface OutboxStore {
  /** All entries of a room, in order. */
  list(room: string): Promise<OutboxEntry[]>
  /** Stores a new entry and answers it with its `order`. */
  add(entry: Omit<OutboxEntry, 'order'>): Promise<OutboxEntry>
  /** Replaces an entry; one that is gone stays gone. */
  update(entry: OutboxEntry): Promise<void>
  /**
   * Gives an entry the `since` and `epoch` that it lacks, in one step with looking: of several tabs the first one's
   * stand. Answers the entry as it is now, or undefined where it is gone.
   */
  stamp(room: string, id: string, at: { since: number; epoch: string }): Promise<OutboxEntry | undefined>
  remove(room: string, id: string): Promise<void>
  /** Tells of changes made elsewhere (another tab) to a room's entries. */
  subscribe(room: string, changed: () => void): () => void
  /** Runs `drain` while nobody else drains this room; waits for its turn; `signal` gives the turn up. */
  exclusively(room: string, drain: () => Promise<void>, signal: AbortSignal): Promise<void>
}

export interface SessionOptions {
  room: string
  username: string
  /** Hears the room without being listed as present. */
  watch?: boolean
  connect(handlers: SocketHandlers): Socket
  /**
   * Asks why a socket could not be opened (a browser sees only 1006): the code of the problem that
   * `GET /api/rooms/:room` answers, or undefined where it answers well or cannot be reached.
   */
  diagnose(): Promise<{ code: string; message: string } | undefined>
  outbox: OutboxStore
  /** Hears of each message that is brought before those who moderate, if one is one of them. */
  reported?(report: ServerData<'report'>): void
  clock: Clock
  /** 0 <= n < 1 */
  random(): number
  newId(): string
  online: boolean
}

/** How the connection stands, as a person may be told. */
export type Status =
  | { kind: 'offline' }
  | { kind: 'connecting'; attempt: number }
  | { kind: 'resuming' }
  | { kind: 'live' }
  | { kind: 'waiting'; retryAt: number; attempt: number }
  /** A name has to be chosen again; `rename` goes on. */
  | { kind: 'refused'; code: ErrorCode; message: string }
  /** It will not be had: not found, forbidden, another version. */
  | { kind: 'fatal'; code: string; message: string }
  | { kind: 'closed' }

/** A row of the timeline. `key` stays the same while a row turns from pending to sent. */
export type TimelineItem =
  | {
      kind: 'message'
      key: string
      /** With one's own changes that are on their way already made to it. */
      message: Message
      mine: boolean
      /** One's own edit or deletion that is on its way, or was refused: `editId` is for `retry` and `discard`. */
      editing?: 'pending' | 'failed'
      editId?: string
      /** What it was that was refused, and why. */
      refused?: { event: 'editChat' | 'deleteChat'; code: string; reason: string }
    }
  | { kind: 'pending'; key: string; id: string; body: string; time: number; replyTo?: number }
  | {
      kind: 'failed'
      key: string
      id: string
      body: string
      time: number
      replyTo?: number
      code: string
      reason: string
      until?: number
    }

export interface Person {
  username: string
  /** Unknown for a name that only `activeUsers` told. */
  by?: string
}

/** Someone joined, left or took another name, live: it is no part of the log. */
export interface PresenceEvent {
  kind: 'joined' | 'left' | 'renamed'
  key: string
  by: string
  /** What they are called now, or were as they left. */
  username: string
  /** What they were called before they took another name, where that is known. */
  formerName?: string
  /** The newest `seq` when it happened. */
  after: number
  /** By the clock of this device. */
  time: number
}

/** What one reads. Every field is a new value when it changed, so `!==` tells. */
export interface SessionView {
  status: Status
  /** The newest `joined`, once there was one. */
  self?: Joined
  /** Confirmed messages (a contiguous stretch of history up to the present), then what is in the outbox. */
  timeline: readonly TimelineItem[]
  /** True while there is older history that was not loaded. */
  hasOlder: boolean
  /** What was loaded around a message far above, until it reaches the timeline or is left. */
  historyWindow?: HistoryWindow
  topic: string
  /** Present people by name, oneself included. */
  people: readonly Person[]
  /** How many are present; more than `people.length` in a large room. */
  online: number
  /** Who came and went while one was here, oldest first. */
  presenceEvents: readonly PresenceEvent[]
  /** Names of others who are typing now. */
  typing: readonly string[]
  /** Invitations to private rooms, newest last, one for each room. */
  invitations: readonly Invitation[]
  /**
   * The newest error that belongs to no message of the outbox (for example `not-found` to an invitation). `of` says what
   * change of the outbox it is about.
   */
  notice?: { code: string; message: string; at: number; of?: OutboxFrame['event'] }
}

/** A contiguous stretch of history that does not reach the present. */
export interface HistoryWindow {
  items: readonly TimelineItem[]
  hasOlder: boolean
}

export interface Session {
  readonly view: SessionView
  /** Calls `listener` after every change of `view`, gathered to one call a task. */
  subscribe(listener: () => void): () => void

  send(body: string, options?: { replyTo?: number }): Promise<void>
  edit(ref: number, body: string): Promise<void>
  remove(ref: number): Promise<void>
  react(ref: number, emoji: string, on: boolean): Promise<void>
  setTopic(topic: string): Promise<void>
  /** Sends a failed entry again, under a new id, or takes it out of the outbox. */
  retry(id: string): Promise<void>
  discard(id: string): Promise<void>

  /** Shows messages that were kept from an earlier visit, until the room answers; later it does nothing. */
  seedFromCache(by: string, messages: readonly Message[]): void

  /** Call on every input; what goes out is throttled. */
  typing(): void
  rename(username: string): void
  invite(username: string): void
  dismiss(invitedRoom: string): void
  /** Loads an older page; resolves when it is in `past`, or in `timeline` where there is no past. */
  loadOlder(): Promise<void>
  /** Loads what is around a `seq` into `past`; resolves when it is there, or in `timeline` where it reaches that. */
  loadAround(seq: number): Promise<void>
  /** Loads a newer page into `past`. */
  loadNewer(): Promise<void>
  leaveHistoryWindow(): void
  /** One has read so far. It is told every few minutes, and as one looks away or leaves. */
  read(seq: number): void

  /** What the surroundings know: the network came or went, the tab was shown or hidden. */
  setOnline(online: boolean): void
  setVisible(visible: boolean): void
  /** Leaves: the socket is closed and nothing more happens. The outbox stays. */
  close(): void
}
