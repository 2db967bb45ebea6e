import type { ErrorCode } from '../../protocol/error-rules.ts'
import { ERRORS } from '../../protocol/errors.ts'
import { parseRoomName } from '../../protocol/names.ts'
import type { LogEvent, ServerData } from '../../protocol/server-frames.ts'
import type { Door } from '../model/access.ts'
import type { PersonRecord } from '../model/room-record.ts'
import type { Sizes } from '../model/sizes.ts'
import type { PageQuery, Store } from '../model/store.ts'
import type { Throttles } from '../model/throttles.ts'
import type { Rate } from '../model/token-bucket.ts'
import type { Connection } from './connection.ts'
import type { ConnectionLimits } from './connection-limits.ts'
import type { CreditAccounts, Lease, RowCounts } from './credit-accounts.ts'
import type { EphemeralEvents } from './ephemeral-events.ts'
import type { SignsOfLife } from './liveness.ts'
import type { Log } from './log.ts'
import type { Delivery, Outgoing } from './outgoing.ts'
import type { PendingReports } from './pending-reports.ts'
import type { Presence } from './presence.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { UnreadOutput } from './unread-output.ts'
import type { Watchers } from './watchers.ts'
import type { Unavailable, WriteGate } from './write-gate.ts'

export interface RoomOptions {
  room: string
  store: Store
  rate: Rate
  throttles?: Throttles
  sizes?: Sizes
  /** Whether the first to join begins the room, if it has no generated name; they do unless the operator says otherwise. */
  joinsBegin?: boolean
  /** Random ids: for an epoch or a message without an id, and for a room that is made. */
  newId(): string
  newRoomId(): string
  /** What is known of the other end of a connection; undefined where its socket has just closed. */
  signsOfLife(connection: Connection): SignsOfLife | undefined
  /** Whether the platform lets the room write. It outlives a failed turn. */
  writes?: WriteGate
  /** The connections, each set back to what was saved of it: a failed turn may have changed them. */
  outlived?(): Iterable<Connection>
  /** The rows that the database counts, for those who pay for them. */
  counted?: RowCounts
  /** Reports a fault of ours that cost one frame and not the room. */
  report?(fault: unknown): void
}

/** What a room holds in memory. All of it can be hydrated from the store and the connections. */
export interface RoomState {
  readonly options: RoomOptions
  readonly store: Store
  readonly sizes: Sizes
  readonly writes: WriteGate
  readonly connections: Set<Connection>
  readonly presence: Presence
  readonly limiter: RateLimiter
  readonly ephemeral: EphemeralEvents
  readonly watchers: Watchers
  /** A bucket for each address, and one for how often a person is told to wait because of their address. */
  readonly networks: RateLimiter
  readonly networkRefusals: RateLimiter
  /** Buckets for the rows that each person, and each address, has the room read. */
  readonly reading: RateLimiter
  readonly networkReading: RateLimiter
  /** A bucket for each person's invitations and reports. */
  readonly appeals: RateLimiter
  /** The same for each address. */
  readonly networkAppeals: RateLimiter
  readonly pendingReports: PendingReports
  /** The private rooms that were asked for and have not answered, by their two people. */
  readonly openingPairs: Map<string, string>
  /** Pages asked for; they are read after all changes of a turn. */
  readonly pages: { to: Connection; id: string | undefined; query: PageQuery }[]
  /** What waits until the ids of earlier changes are in memory, in order. */
  readonly waiting: { from: Connection; go(later: Scope): void }[]
  /** When each person last spoke, in slow mode. */
  readonly spoke: Map<string, number>
  readonly connectionLimits: ConnectionLimits
  /** What closed sockets hold until their connections end. */
  readonly unread: UnreadOutput
  /** What the networks of the people here have paid for. */
  readonly accounts: CreditAccounts
  /** When the room last looked for stale connections. */
  staleLookedAt: number
  /** When it noticed that the clock was set back, until no connection has a later time any more. */
  setBackAt: number | undefined
  /** Absent until the room begins. */
  log: Log | undefined
}

/** A call to another room; its answer comes back through `pairOpened`, `pairFailed` or `visitTold`. Or to the operator. */
export type RoomCall =
  | {
      kind: 'openPair'
      asker: Connection
      inviter: PersonRecord
      invited: PersonRecord
      room: string
      created: boolean
    }
  | { kind: 'tellVisit'; home: string; session: string }
  | { kind: 'tellReports'; messages: number }

export interface TurnOutcome<T = unknown> {
  /** The answer to who asked for the turn. */
  value: T
  deliveries: Delivery[]
  roomCalls: RoomCall[]
  /** What networks need from their budgets, for frames that wait. */
  leases: readonly Lease[]
  /** Connections that changed: they are saved in the attachments of their sockets. */
  touched: ReadonlySet<Connection>
  /** For metering: the changes committed, the refusals, and the bytes sent. */
  changes: readonly LogEvent[]
  refusals: readonly ErrorCode[]
  bytes: number
}

/** A change that was committed. */
export interface Committed {
  readonly event: LogEvent
  /** The event for all. */
  json: string
  /** Its sender; undefined where the room itself made it, or the sender is still to be sent it. */
  readonly from: Connection | undefined
  readonly ack: ServerData<'ack'>
}

/** One turn while it is being decided. */
export interface Scope {
  readonly now: number
  readonly outgoing: Outgoing
  readonly roomCalls: RoomCall[]
  /** Changes written in this turn. */
  readonly changes: Committed[]
  /** The changes whose texts were erased in this turn. */
  readonly erased: Set<number>
  /** Who gets the next part of their resume, after all changes of the turn. */
  readonly catchingUp: Set<Connection>
  readonly refusals: ErrorCode[]
  /** Who closed a connection, and pays for what that did. */
  readonly payers: Set<Connection>
}

export function refuse(
  scope: Scope,
  to: Connection,
  code: ErrorCode,
  more: {
    id?: string | undefined
    retryAfter?: number | undefined
    suggestion?: string | undefined
    until?: number | undefined
    detail?: string | undefined
  } = {},
): void {
  const { message, ...rule } = ERRORS[code]
  const { detail, id, retryAfter, suggestion, until } = more
  scope.refusals.push(code)
  scope.outgoing.answer(to, 'error', {
    code,
    message: detail === undefined ? message : `${message} (${detail})`,
    ...(id === undefined ? {} : { id }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(until === undefined ? {} : { until }),
  })
  // A refusal closes a socket that has not joined. One that has joined stays, unless its frame was too large.
  if ('close' in rule && (!to.joined || code === 'too-large')) scope.outgoing.close(to, rule.close, code)
}

/** Why nothing can be written now, if so. */
export function writesClosed({ writes }: RoomState, now: number): Unavailable | undefined {
  return writes.closed(now)
}

/** The room as a visitor asks to join it. */
export function doorOf({ options: { room, joinsBegin = true }, log, store }: RoomState, now: number): Door {
  return { room, record: log?.record, store, now, joinsBegin }
}

/** A frame names its room. Any other room than the socket's is a mistake of the client. */
export function isThisRoom(state: RoomState, room: string): boolean {
  return parseRoomName(room) === state.options.room
}
