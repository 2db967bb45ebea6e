import type { ErrorCode } from '../../src/protocol/errors.ts'
import { TRANSITIONS } from './machine-transitions.ts'

/**
 * The connection as a pure machine: `(state, event, env) -> {state, effects}`. It knows no socket, clock or chance;
 * a driver performs the effects and sends `tick` when `deadline(state)` has come.
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
 *                 live --- closed, silent, a gap, a lost tail (at once where it was steady)
 *
 *    any but fatal and closed --- offline ---> offline (a refused name stays refused, without its socket)
 *    any --- close ---> closed
 *
 * Each attempt has a number. Whatever an older socket still tells is ignored.
 */
export interface States {
  /** The surroundings say that there is no network. */
  offline: Attempt
  connecting: Attempt & { readonly giveUpAt: number }
  /** The socket is open and `userJoin` was sent. */
  resuming: Attempt & { readonly giveUpAt: number; readonly renamed: boolean }
  live: Attempt & {
    /** From then on a loss of this connection is no sign that the server is in trouble. */
    readonly steadyAt: number
    readonly pingAt: number
    /** Set while a ping is unanswered: unless something is heard until then, the socket is dead. */
    readonly deadAt?: number
    readonly owed?: Owed
    /** The newest error, in case the socket is closed for it. */
    readonly error?: ConnectionProblem
  }
  /** `firm`: the server asked for this pause, so that waking does not cut it short. */
  waiting: Attempt & { readonly retryAt: number; readonly firm: boolean }
  /** Another name has to be chosen. */
  refused: Attempt & {
    readonly code: ErrorCode
    readonly message: string
    readonly open: boolean
    readonly online: boolean
  }
  fatal: Attempt & ConnectionProblem
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
}

/** Changes that are known to be in the log and have not come: looked at again `at`, when the cursor was `cursor`. */
export interface Owed {
  readonly seq: number
  readonly cursor: number
  readonly at: number
}

export interface Events {
  online: object
  offline: object
  /** The tab became visible, or the machine woke. */
  shown: object
  tick: object
  opened: Of
  /** Anything at all came in. */
  heard: Of
  /** The room's newest `seq`. */
  pong: Of & { readonly seq: number }
  joined: Of & { readonly seq: number }
  /** An error that concerns no entry of the outbox. */
  error: Of & ConnectionProblem & { readonly retryAfter?: number }
  /** A change came whose predecessor did not. */
  gap: Of
  /** Something sent was not answered for too long. */
  unanswered: Of
  closed: Of & { readonly code: number }
  /** Why the socket could not be opened, where that could be found out. */
  diagnosed: Of & { readonly problem?: ConnectionProblem }
  /** The person chose a name. */
  rename: object
  close: object
}

interface Of {
  readonly socket: number
}

export type Effect = {
  readonly kind: 'connect' | 'join' | 'rename' | 'ping' | 'drop' | 'diagnose'
  readonly socket: number
}

export interface Env {
  /** ms */
  readonly now: number
  /** 0 <= n < 1 */
  readonly random: number
  /** The newest seq up to which nothing is missing; -1 where there is none. */
  readonly cursor: number
  /** How much later than to others changes may come here, in ms. */
  readonly lateMs: number
}

export type StateKind = keyof States
export type EventKind = keyof Events
export type State<K extends StateKind = StateKind> = { [P in K]: { readonly kind: P } & States[P] }[K]
export type Event<K extends EventKind = EventKind> = { [P in K]: { readonly kind: P } & Events[P] }[K]

export interface Step {
  readonly state: State
  readonly effects: readonly Effect[]
}

export type Handler<S extends StateKind, E extends EventKind> = (
  state: State<S>,
  event: Event<E>,
  env: Env,
) => Step
/** What one state does about every event. */
export type TransitionRow<S extends StateKind> = { readonly [E in EventKind]: Handler<S, E> }
export type Transitions = { readonly [S in StateKind]: TransitionRow<S> }

/** What the machine is before its first event; `online` or `offline` sets it going. */
export const START: State = { kind: 'offline', socket: 0, failures: 0 }

export function step(state: State, event: Event, env: Env): Step {
  const isOrphaned = 'socket' in event && event.socket !== state.socket
  return isOrphaned ? { state, effects: [] } : transition(state, event, env)
}

function transition<S extends StateKind, E extends EventKind>(
  state: State<S>,
  event: Event<E>,
  env: Env,
): Step {
  const row: TransitionRow<S> = TRANSITIONS[state.kind]
  return row[event.kind](state, event, env)
}

/** When the machine wants its next `tick`, in ms of the driver's clock. */
export function deadline(state: State): number | undefined {
  switch (state.kind) {
    case 'connecting':
    case 'resuming':
      return state.giveUpAt
    case 'waiting':
      return state.retryAt
    case 'live':
      return Math.min(state.pingAt, state.deadAt ?? Infinity, state.owed?.at ?? Infinity)
    case 'offline':
    case 'refused':
    case 'fatal':
    case 'closed':
      return undefined
    default:
      return state satisfies never
  }
}
