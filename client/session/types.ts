import type { ClientFrame } from '../../src/protocol/client-frames.ts'
import type { ErrorCode } from '../../src/protocol/errors.ts'
import type { Invitation, Joined, Message } from '../../src/protocol/server-frames.ts'

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
  readonly failed?: { code: string; message: string }
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
    }

export interface Person {
  username: string
  /** Unknown for a name that only `activeUsers` told. */
  by?: string
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
  topic: string
  /** Present people by name, oneself included. */
  people: readonly Person[]
  /** How many are present; more than `people.length` in a large room. */
  online: number
  /** Names of others who are typing now. */
  typing: readonly string[]
  /** Invitations to private rooms, newest last, one for each room. */
  invitations: readonly Invitation[]
  /** The newest error that belongs to no outbox entry (for example `not-found` to an invitation). */
  notice?: { code: string; message: string; at: number }
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

  /** Call on every input; what goes out is throttled. */
  typing(): void
  rename(username: string): void
  invite(username: string): void
  dismiss(invitedRoom: string): void
  /** Loads an older page; resolves when it is in `timeline`. */
  loadOlder(): Promise<void>

  /** What the surroundings know: the network came or went, the tab was shown or hidden. */
  setOnline(online: boolean): void
  setVisible(visible: boolean): void
  /** Leaves: the socket is closed and nothing more happens. The outbox stays. */
  close(): void
}
