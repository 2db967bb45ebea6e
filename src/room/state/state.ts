import { ERRORS, type ErrorCode } from '../../protocol/errors.ts'
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
import type { EphemeralEvents } from './ephemeral-events.ts'
import type { SignsOfLife } from './liveness.ts'
import type { Log } from './log.ts'
import type { Delivery, Outgoing } from './outgoing.ts'
import type { Presence } from './presence.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { Watchers } from './watchers.ts'

export interface RoomOptions {
  room: string
  store: Store
  rate: Rate
  throttles?: Throttles
  sizes?: Sizes
  /** Random ids: for an epoch or a message without an id, and for a room that is made. */
  newId(): string
  newRoomId(): string
  /** What is known of the other end of a connection; undefined where its socket has just closed. */
  signsOfLife(connection: Connection): SignsOfLife | undefined
  /** Reports a fault of ours that cost one frame and not the room. */
  report?(fault: unknown): void
}

/** What a room holds in memory: all of it can be made anew from the store and the connections. */
export interface RoomState {
  readonly options: RoomOptions
  readonly store: Store
  readonly sizes: Sizes
  readonly connections: Set<Connection>
  readonly presence: Presence
  readonly limiter: RateLimiter
  readonly ephemeral: EphemeralEvents
  readonly watchers: Watchers
  /** One bucket for each address, and one for how often each person is told to wait for the others there. */
  readonly networks: RateLimiter
  readonly networkRefusals: RateLimiter
  /** One for what each person asks of others: invitations and reports. */
  readonly appeals: RateLimiter
  /** When someone last spoke, while the room is slowed down. */
  readonly spoke: Map<string, number>
  readonly connectionLimits: ConnectionLimits
  /** When the room last looked for stale connections. */
  staleLookedAt: number
  /** Absent until the room begins. */
  log: Log | undefined
}

/** What a turn wants of other rooms; the answer comes back through `pairOpened` and `visitTold`. */
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

export interface TurnOutcome<T = unknown> {
  /** The answer to who asked for the turn. */
  value: T
  deliveries: Delivery[]
  roomCalls: RoomCall[]
  /** Connections that changed and are to be put away with their sockets. */
  touched: ReadonlySet<Connection>
  /** For those who count: the changes committed, the refusals, and how much is sent, in bytes. */
  changes: readonly LogEvent[]
  refusals: readonly ErrorCode[]
  bytes: number
}

/** A change that was committed. */
export interface Committed {
  readonly event: LogEvent
  /** The event for all. */
  json: string
  /** Where it came from; nowhere, where the room itself did it. */
  readonly from: Connection | undefined
  readonly ack: ServerData<'ack'>
  /** The changes whose texts are gone with it. */
  readonly erased: readonly number[]
}

/** One turn of a room, while it is being decided. */
export interface Scope {
  readonly now: number
  readonly outgoing: Outgoing
  readonly roomCalls: RoomCall[]
  /** Changes committed in this turn: the event for all, and for its sender where it stays the only one. */
  readonly changes: Committed[]
  /** Pages asked for; they are read once all changes of the turn are in. */
  readonly pages: { to: Connection; query: PageQuery }[]
  readonly refusals: ErrorCode[]
}

export function refuse(
  scope: Scope,
  to: Connection,
  code: ErrorCode,
  more: { id?: string | undefined; retryAfter?: number | undefined; detail?: string | undefined } = {},
): void {
  const { message, ...rule } = ERRORS[code]
  const { detail, id, retryAfter } = more
  scope.refusals.push(code)
  scope.outgoing.answer(to, 'error', {
    code,
    message: detail === undefined ? message : `${message} (${detail})`,
    ...(id === undefined ? {} : { id }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
  // A refusal ends a socket that was not let in; whoever is in stays, unless the frame itself was the trouble.
  if ('close' in rule && (!to.joined || code === 'too-large')) scope.outgoing.close(to, rule.close, code)
}

/** The room as those see it who ask to come in. */
export function doorOf({ options: { room }, log, store }: RoomState, now: number): Door {
  return { room, record: log?.record, store, now }
}

/** A frame names the room it is for: another one than the socket's is a mistake. */
export function isThisRoom(state: RoomState, room: string): boolean {
  return parseRoomName(room) === state.options.room
}
