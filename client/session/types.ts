import type { ClientFrame } from '../../src/protocol/client-frames.ts'
import type { ErrorCode } from '../../src/protocol/error-rules.ts'
import type { Invitation, Joined, Message, ServerData } from '../../src/protocol/server-frames.ts'

/** A WebSocket, as far as the kit needs it. */
export interface Socket {
  /** Sends one text frame: JSON, or `ping`. May throw once the socket is closing; its close is then enough. */
  send(text: string): void
  /** Closes the socket. The kit ignores what its handlers report afterwards. */
  close(): void
}

/** What a transport calls for its socket, in the order in which things happen. */
export interface SocketHandlers {
  open(): void
  /** One text frame as it arrived. The kit drops frames that are not of the protocol. */
  message(text: string): void
  /** Called once, with the close code; 1006 if the socket never opened. */
  close(code: number): void
}

/** Time, so that tests can pass in their own. */
export interface Clock {
  /** ms since 1970. May be set back: the kit's deadlines do not move then. */
  now(): number
  /** Calls `run` once, `ms` later. Returns the function that cancels it. */
  after(ms: number, run: () => void): () => void
}

/** A change that this person made and that is not known to be in the log yet, as it goes on the wire. */
export type OutboxFrame = Extract<
  ClientFrame,
  { event: 'updateChat' | 'editChat' | 'deleteChat' | 'react' | 'setTopic' }
>

/** A change in the outbox. */
export interface OutboxEntry {
  /** The change's own id, unique for ever: the server stores one change under it. */
  readonly id: string
  readonly room: string
  /** Grows with each entry of a room, in all tabs together: entries are sent in this order. */
  readonly order: number
  /** When it was queued, in ms by this device's clock. For display only. */
  readonly time: number
  /** With `since` and `epoch` once it may have been sent; a change that refers to the log has `epoch` from the first. */
  readonly frame: OutboxFrame
  /** Only this page holds it: the storage did not take it yet. */
  readonly unsaved?: true
  /** The server refused the change for good. The person retries or discards it. */
  readonly failed?: {
    /** A code of `ERRORS`, or one of a newer server. */
    code: string
    message: string
    /** Until when the server goes on refusing it, in ms by this device's clock, if it said so. */
    until?: number
  }
}

/**
 * Where the outbox lives: IndexedDB in a page, memory in a bot. Only what it holds is sent again. A rejection reaches
 * the caller of the change it concerns; while sending, it shows as the notice `internal`, and the session tries again.
 * `outbox-contract.ts` tests any implementation.
 */
export interface OutboxStore {
  /** All entries of a room, in order. */
  list(room: string): Promise<OutboxEntry[]>
  /** Stores a new entry and returns it with its `order`. */
  add(entry: Omit<OutboxEntry, 'order'>): Promise<OutboxEntry>
  /** Replaces an entry; does nothing if it is gone. */
  update(entry: OutboxEntry): Promise<void>
  /**
   * Gives an entry its `since` and `epoch` unless it has them, in one step with looking: the first of several tabs
   * counts. Returns the entry as it is now, or undefined if it is gone.
   */
  stamp(room: string, id: string, at: { since: number; epoch: string }): Promise<OutboxEntry | undefined>
  /** Does nothing if the entry is gone. */
  remove(room: string, id: string): Promise<void>
  /** Calls `changed` after a change of a room's entries, in any tab. Returns the function that unsubscribes. */
  subscribe(room: string, changed: () => void): () => void
  /** Runs `drain` once no other tab drains this room. An abort before that gives the place up, and resolves too. */
  exclusively(room: string, drain: () => Promise<void>, signal: AbortSignal): Promise<void>
}

/** The surroundings of a session: sockets, storage, time and random numbers all come in from outside. */
export interface SessionOptions {
  /** At most `LIMITS.roomLength` characters; the server refuses others as `room-invalid`. */
  room: string
  /** The name to join under; `name-taken` and `name-invalid` show as the status `refused`. */
  username: string
  /** Follows the room without being listed as present. Changes then arrive up to `LIMITS.watchLateMs` late. */
  watch?: boolean
  /** Opens a socket to the room. If it throws, that counts as a close with 1006. */
  connect(handlers: SocketHandlers): Socket
  /**
   * Finds out why a socket did not open, which a browser reports only as 1006. Resolves to the problem that
   * `GET /api/rooms/:room` answers, or to undefined if it answers well or cannot be reached. `retryAfter` in ms.
   */
  diagnose(): Promise<{ code: string; message: string; retryAfter?: number; until?: number } | undefined>
  outbox: OutboxStore
  /**
   * How many of the newest messages are kept, beside those that were asked for: 5,000 unless given. Older ones are let go,
   * and `loadOlder` brings them again.
   */
  keptRows?: number
  /** Called for each message that someone reports. The server sends reports to moderators only. */
  reported?(report: ServerData<'report'>): void
  clock: Clock
  /** 0 <= n < 1 */
  random(): number
  /** A new id for each change, at most `LIMITS.idLength` characters, unique for ever. */
  newId(): string
  /** Whether the device has a network now; later changes come through `Session.setOnline`. */
  online: boolean
}

/** The connection's state as the page shows it. */
export type Status =
  | { kind: 'offline' }
  /** `attempt` counts from 1. */
  | { kind: 'connecting'; attempt: number }
  /** The socket is open; the room has not answered the join yet. */
  | { kind: 'resuming' }
  | { kind: 'live' }
  /**
   * `retryAt` in ms by this device's clock; `code` if the room said why, such as `room-full`; `until` if the server's day is
   * used up.
   */
  | { kind: 'waiting'; retryAt: number; attempt: number; code?: string; until?: number }
  /** `name-taken` or `name-invalid`: the join continues with `Session.rename`. `suggestion` is a name that is free. */
  | { kind: 'refused'; code: ErrorCode; message: string; suggestion?: string }
  /** No further attempt: `not-found`, `forbidden`, `banned`, `version-unsupported`, `erased` and more. */
  | { kind: 'fatal'; code: string; message: string }
  | { kind: 'closed' }

/**
 * A row of the timeline. `key` stays the same when a row turns from pending to sent. The `time` and `until` of unsent
 * rows are in ms by this device's clock; `replyTo` is the `seq` of another message.
 */
export type TimelineItem =
  | {
      kind: 'message'
      key: string
      /** With this person's unconfirmed changes applied. */
      message: Message
      mine: boolean
      /** This person's own edit or deletion is unconfirmed, or was refused. */
      editing?: 'pending' | 'failed'
      /** The id of that change, for `retry` and `discard`. */
      editId?: string
      /** That change is held by this page alone: the storage did not take it. */
      unsaved?: true
      /** The change that was refused, and why. */
      refused?: { event: 'editChat' | 'deleteChat'; code: string; reason: string }
    }
  /** A message that is queued or in flight. `unsaved`: this page alone holds it, and it goes with the page. */
  | { kind: 'pending'; key: string; id: string; body: string; time: number; replyTo?: number; unsaved?: true }
  /** A message that the server refused for good: `id` is for `retry` and `discard`. */
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

/** Someone who is present. */
export interface Person {
  username: string
  /** The person's id. Unknown while only a list has named them. */
  by?: string
}

/** A join, a leave or a rename that happened while this session was live. The log does not contain it. */
export interface PresenceEvent {
  kind: 'joined' | 'left' | 'renamed'
  key: string
  /** The person's id. */
  by: string
  /** The name they have now, or had when they left. */
  username: string
  /** The name before a rename, if it is known. */
  formerName?: string
  /** The newest `seq` when it happened: the event stands after that message. */
  after: number
  /** In ms by this device's clock. */
  time: number
}

/** Everything to show. Each field is a new value after a change of it, so `!==` finds the changes. */
export interface SessionView {
  status: Status
  /** The newest `joined`, with later changes of name, role and settings; absent before the first join. */
  self?: Joined
  /** Confirmed messages, without a gap up to the newest, then the messages of the outbox. */
  timeline: readonly TimelineItem[]
  /** Whether there is history before the timeline. */
  hasOlder: boolean
  /** What `loadAround` loaded, until it reaches the timeline or `leaveHistoryWindow` is called. */
  historyWindow?: HistoryWindow
  topic: string
  /** The people present, by name, this person included. In a large room, a part of them. */
  people: readonly Person[]
  /** How many people are present. */
  online: number
  /** Joins, leaves and renames, oldest first. */
  presenceEvents: readonly PresenceEvent[]
  /** Names of the other people who are typing. */
  typing: readonly string[]
  /** Invitations to private rooms: one for each room, the newest last. */
  invitations: readonly Invitation[]
  /**
   * The room can write nothing for now: what is in the outbox waits. `until`: when the server's day ends, if that is why,
   * in ms by its clock.
   */
  held?: { until?: number }
  /**
   * The newest error without a row in the timeline, such as `not-found` for an invitation, or `internal` if the
   * outbox's storage failed. `at` in ms by this device's clock; `of` names the change that was refused.
   */
  notice?: { code: string; message: string; at: number; of?: OutboxFrame['event'] }
}

/** A contiguous part of history that does not reach the timeline. */
export interface HistoryWindow {
  items: readonly TimelineItem[]
  /** Whether there is history before it. */
  hasOlder: boolean
}

/**
 * One person in one room.
 *
 * Changes (`send`, `edit`, `remove`, `react`, `setTopic`) go through the outbox, in order, exactly once, offline too.
 * They show at once and resolve when the storage has them; they reject only if storing fails, and then nothing is
 * queued. `rate-limited`, `unavailable` and `internal` are tried again. Any other refusal is final: a message, an edit or a deletion
 * stays as `failed` with its code, for `retry` or `discard`; a refused reaction or topic is dropped and shown as a `notice`. The codes they
 * share are `muted` (with `until`), `forbidden`, `stale`, `conflict`, `bad-data` and `too-large`.
 */
export interface Session {
  readonly view: SessionView
  /** Calls `listener` after changes of `view`, once a task. Returns the function that unsubscribes. */
  subscribe(listener: () => void): () => void

  /** Sends a message of 1 to `joined.limits.bodyLength` UTF-16 units. `replyTo` is a message's `seq`. */
  send(body: string, options?: { replyTo?: number }): Promise<void>
  /** Edits the message with the `seq` `ref`. `not-found` if it is gone, `limit-reached` after too many edits. */
  edit(ref: number, body: string): Promise<void>
  /** Deletes the message with the `seq` `ref`. `not-found` if it is gone. */
  remove(ref: number): Promise<void>
  /** Turns this person's reaction on or off. `limit-reached` if the message has too many. */
  react(ref: number, emoji: string, on: boolean): Promise<void>
  /** Sets the topic, at most `LIMITS.topicLength` UTF-16 units; an empty one clears it. */
  setTopic(topic: string): Promise<void>
  /** Sends a failed change again, as a new one under a new id. Does nothing if `id` is not failed. */
  retry(id: string): Promise<void>
  /** Takes back a change that is not in the log: a failed one, or a pending one. One that is being sent stays if it arrives. */
  discard(id: string): Promise<void>

  /** Shows the messages that `personId` cached on an earlier visit, until the room answers. Later it does nothing. */
  seedFromCache(personId: string, messages: readonly Message[]): void

  /** Call on every input: a sign goes out every few seconds at most, and none while there is no connection. */
  typing(): void
  /** Chooses another name, now or for the next join. A refusal shows as a `notice`, or as the status `refused`. */
  rename(username: string): void
  /** Invites someone by name to a private room, at the next join at the latest. A refusal shows as a `notice`. */
  invite(username: string): void
  /** Dismisses an invitation, at the next join at the latest. */
  dismiss(invitedRoom: string): void

  /**
   * Loads the page before the history window, or before the timeline if there is no window. Like the next two, it
   * resolves when the page is in `view`, or once it will not arrive; it never rejects.
   */
  loadOlder(): Promise<void>
  /** Loads the page around a `seq` as the history window, or into the timeline if it reaches that. */
  loadAround(seq: number): Promise<void>
  /** Loads the page after the history window. */
  loadNewer(): Promise<void>
  leaveHistoryWindow(): void
  /** Marks everything up to a `seq` as read. It goes out every few minutes, and when the tab is hidden or closed. */
  read(seq: number): void

  /** Report when the network comes or goes. */
  setOnline(online: boolean): void
  /** Report when the tab is shown or hidden, and when the device wakes (`true`). */
  setVisible(visible: boolean): void
  /** Leaves for good: closes the socket. The outbox keeps its entries. */
  close(): void
}
