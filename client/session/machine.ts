import type { ErrorCode } from '../../src/protocol/error-rules.ts'
import { TRANSITIONS } from './machine-transitions.ts'

/**
 * The connection as a pure machine: `(state, event, env) -> { state, effects }`. It knows no socket, clock or random
 * number; a driver performs the effects, and sends `tick` when `deadline(state)` has come.
 *
 *                         +--------- online ---------+
 *                         v                          |
 *    start ---------> connecting <--- due, woken --- | ---- waiting
 *                      |     |                       |       ^  |
 *                opened|     +--- closed, too late --|-------+  +- diagnosed --> fatal
 *                      v                             |       |
 *                   resuming ---- closed, too late --|-------+
 *                   |  ^   |                         |       |
 *            joined |  |   +- name refused -> refused        |
 *                   |  +---------- renamed ----+             |
 *                   v                                        |
 *                 live --- closed, silent, a gap, a lost tail (at once if it was steady)
 *
 *    any but fatal and closed --- offline ---> offline (a refused name stays refused, without its socket)
 *    any --- close ---> closed
 *
 * Each attempt numbers its socket. Events of an older socket change nothing.
 */
export interface States {
  /** The device has no network. */
  offline: Attempt
  /** The socket is being opened. */
  connecting: Attempt & { readonly giveUpAt: number }
  /** The socket is open and `userJoin` was sent. `isRenamed`: the person chose another name since. */
  resuming: Attempt & { readonly giveUpAt: number; readonly isRenamed: boolean }
  /** The room answered `joined`. */
  live: Attempt & {
    /** From this time on, losing the connection is no sign of trouble at the server. */
    readonly steadyAt: number
    readonly pingAt: number
    /** Set while a ping is unanswered: the socket is dead if nothing arrives by then. */
    readonly deadAt?: number
    readonly expected?: Expected
    /** The newest error, in case the server closes the socket because of it. */
    readonly error?: ConnectionProblem
  }
  /**
   * Between two attempts. `isFirm`: the server asked for the pause, so waking does not cut it short. `code`: why the room
   * did not let them in, if that is known. `until`: when the server's day ends, if that is why.
   */
  waiting: Attempt & {
    readonly retryAt: number
    readonly isFirm: boolean
    readonly code?: string
    readonly until?: number
  }
  /** The room refused the name; the person has to choose another. */
  refused: Attempt & {
    readonly code: ErrorCode
    readonly message: string
    /** A name like it that is free. */
    readonly suggestion?: string
    /** The socket is still open: the next join can use it. */
    readonly isOpen: boolean
    readonly isOnline: boolean
  }
  /** No further attempt can succeed. */
  fatal: Attempt & ConnectionProblem
  /** The session was closed. */
  closed: Attempt
}

interface Attempt {
  /** The number of the newest socket. */
  readonly socket: number
  /** Attempts in a row that led to no steady connection. */
  readonly failures: number
}

export interface ConnectionProblem {
  readonly code: string
  readonly message: string
  /** In ms. */
  readonly retryAfter?: number
  /** When the day ends whose share is used up, in ms by the server's clock. */
  readonly until?: number
}

/** Changes up to `seq` are in the log but have not arrived. If `cursor` has not moved by `checkAt`, they are lost. */
export interface Expected {
  readonly seq: number
  readonly cursor: number
  readonly checkAt: number
}

export interface Events {
  online: object
  offline: object
  /** The tab became visible, or the device woke. */
  shown: object
  /** A deadline has come. */
  tick: object
  opened: OfSocket
  /** Any text arrived: the socket is alive. */
  received: OfSocket
  /** Answers a ping with the room's newest `seq`. */
  pong: OfSocket & { readonly seq: number }
  joined: OfSocket & { readonly seq: number }
  /** An error that concerns no entry of the outbox. */
  error: OfSocket & ConnectionProblem & { readonly suggestion?: string }
  /** A change arrived before its predecessor. */
  gap: OfSocket
  /** The server did not answer a frame in time. */
  unanswered: OfSocket
  closed: OfSocket & { readonly code: number }
  /** Why the socket did not open, if that is known. */
  diagnosed: OfSocket & { readonly problem?: ConnectionProblem }
  /** The person chose a name. */
  rename: object
  close: object
}

interface OfSocket {
  readonly socket: number
}

export type ConnectionEffect = {
  readonly kind: 'connect' | 'join' | 'rename' | 'ping' | 'drop' | 'diagnose'
  readonly socket: number
}

export interface MachineEnv {
  /** ms, by the driver's clock */
  readonly now: number
  /** 0 <= n < 1 */
  readonly random: number
  /** The newest `seq` up to which no change is missing; -1 without a log. */
  readonly cursor: number
  /** How much later than elsewhere changes may arrive here, in ms: a watcher gets them gathered. */
  readonly lateMs: number
}

export type StateKind = keyof States
export type EventKind = keyof Events
export type ConnectionState<K extends StateKind = StateKind> = {
  [P in K]: { readonly kind: P } & States[P]
}[K]
export type ConnectionEvent<K extends EventKind = EventKind> = {
  [P in K]: { readonly kind: P } & Events[P]
}[K]

export interface Transition {
  readonly state: ConnectionState
  readonly effects: readonly ConnectionEffect[]
}

/** What one state does about one event. */
export type Handler<S extends StateKind, E extends EventKind> = (
  state: ConnectionState<S>,
  event: ConnectionEvent<E>,
  env: MachineEnv,
) => Transition
/** What one state does about every event. */
export type TransitionRow<S extends StateKind> = { readonly [E in EventKind]: Handler<S, E> }
export type TransitionTable = { readonly [S in StateKind]: TransitionRow<S> }

/** The state before the first event. `online` starts the first attempt. */
export const START: ConnectionState = { kind: 'offline', socket: 0, failures: 0 }

/** Takes one event. An event of an older socket changes nothing. */
export function step(state: ConnectionState, event: ConnectionEvent, env: MachineEnv): Transition {
  const isOrphaned = 'socket' in event && event.socket !== state.socket
  return isOrphaned ? { state, effects: [] } : transition(state, event, env)
}

function transition<S extends StateKind, E extends EventKind>(
  state: ConnectionState<S>,
  event: ConnectionEvent<E>,
  env: MachineEnv,
): Transition {
  const row: TransitionRow<S> = TRANSITIONS[state.kind]
  return row[event.kind](state, event, env)
}

/** When the next `tick` is due, in ms of the driver's clock; undefined while nothing is. */
export function deadline(state: ConnectionState): number | undefined {
  switch (state.kind) {
    case 'connecting':
    case 'resuming':
      return state.giveUpAt
    case 'waiting':
      return state.retryAt
    case 'live':
      return Math.min(state.pingAt, state.deadAt ?? Infinity, state.expected?.checkAt ?? Infinity)
    case 'offline':
    case 'refused':
    case 'fatal':
    case 'closed':
      return undefined
    default:
      return state satisfies never
  }
}
