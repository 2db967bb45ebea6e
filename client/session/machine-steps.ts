import { isErrorCode, ruleOf } from '../../src/protocol/error-rules.ts'
import { BACKOFF_CAP_MS, backoff } from './backoff.ts'
import { afterClose } from './close-codes.ts'
import type {
  ConnectionEffect,
  ConnectionEvent,
  ConnectionProblem,
  ConnectionState,
  Expected,
  MachineEnv,
  Transition,
} from './machine.ts'

/** A socket that has not opened, or a join that is not answered, by then is given up. */
const GIVE_UP_MS = 10_000
/** A connection that was live this long is steady: the next failure starts the backoff from its beginning. */
export const STEADY_MS = 5_000
/** How often a live connection sends a heartbeat. */
export const PING_EVERY_MS = 20_000
const PING_ANSWER_MS = 10_000
/** How long a ping may go unanswered once the tab is shown or the device woke: the person is looking at it. */
export const WOKEN_ANSWER_MS = 5_000
/** How far a `pong` may run ahead of the change it announces. */
export const PONG_LEAD_MS = 2_000
/** How long the changes that a join announced may take to begin arriving. */
export const BACKLOG_START_MS = 10_000

export const stay = (state: ConnectionState): Transition => ({ state, effects: [] })

/** Resumes if the socket is dead or the tail is lost; pings if that is due. */
export function heartbeat(
  state: ConnectionState<'live'>,
  _: ConnectionEvent<'tick'>,
  env: MachineEnv,
): Transition {
  if (state.deadAt !== undefined && env.now >= state.deadAt) return resume(state, env)
  const checked = checkExpected(state, env)
  if (checked === undefined) return resume(state, env)
  return env.now >= state.pingAt ? ping(checked, env) : stay(checked)
}

/** The state once the expected changes have arrived or are arriving; undefined if they are lost. */
function checkExpected(state: ConnectionState<'live'>, env: MachineEnv): ConnectionState<'live'> | undefined {
  const { expected } = state
  if (expected === undefined || env.now < expected.checkAt) return state
  if (!isExpecting(state, env)) return withoutExpected(state)
  if (env.cursor === expected.cursor) return undefined
  return { ...state, ...expectUpTo(expected.seq, env, PONG_LEAD_MS + env.lateMs) }
}

export function isExpecting({ expected }: ConnectionState<'live'>, { cursor }: MachineEnv): boolean {
  return expected !== undefined && cursor < expected.seq
}

export function expectUpTo(seq: number, { now, cursor }: MachineEnv, ms: number): { expected?: Expected } {
  return seq > cursor ? { expected: { seq, cursor, checkAt: now + ms } } : {}
}

/** The oldest unanswered ping decides. One whose time passed while the device slept proves nothing. */
export function ping(
  state: ConnectionState<'live'>,
  { now }: MachineEnv,
  answerMs = PING_ANSWER_MS,
): Transition {
  const { deadAt } = state
  const pending = deadAt !== undefined && deadAt > now ? deadAt : Infinity
  return {
    state: { ...state, pingAt: now + PING_EVERY_MS, deadAt: Math.min(pending, now + answerMs) },
    effects: [{ kind: 'ping', socket: state.socket }],
  }
}

/** Replaces an attempt whose time ran out while the device slept. */
export function retryIfOverdue(
  state: ConnectionState<'connecting' | 'resuming'>,
  env: MachineEnv,
): Transition {
  if (env.now < state.giveUpAt) return stay(state)
  const next = connect(state, env)
  return { state: next.state, effects: [{ kind: 'drop', socket: state.socket }, ...next.effects] }
}

/** The room refused the join: ask for another name, try later, or stop. */
export function refuseJoin(
  state: ConnectionState<'resuming'>,
  { code, message, retryAfter, until, suggestion }: ConnectionEvent<'error'>,
  env: MachineEnv,
): Transition {
  const { remedy } = ruleOf(code)
  const { socket, failures } = state
  if (remedy === 'ask' && isErrorCode(code)) {
    const refused = { code, message, ...(suggestion === undefined ? {} : { suggestion }) }
    return stay({ kind: 'refused', socket, failures, ...refused, isOpen: true, isOnline: true })
  }
  if (remedy === 'retry') return withEffect(wait(state, env, retryAfter ?? 0, { code, until }), 'drop')
  return code === 'not-joined' || code === 'already-joined'
    ? dropAndWait(state, env)
    : { state: fail(state, { code, message }), effects: [{ kind: 'drop', socket }] }
}

export function afterClosed(
  state: ConnectionState<'resuming' | 'live'>,
  code: number,
  error: ConnectionProblem | undefined,
  env: MachineEnv,
): Transition {
  const after = afterClose(code, error)
  switch (after.kind) {
    case 'retry':
      return wait(state, env)
    case 'resume':
      return isSteady(state, env) ? connect(state, env) : wait(state, env)
    case 'pause':
      return state.kind === 'resuming'
        ? withEffect(wait(state, env, BACKOFF_CAP_MS), 'diagnose')
        : wait(state, env, BACKOFF_CAP_MS)
    case 'fatal':
      return stay(fail(state, after.problem))
    default:
      return after satisfies never
  }
}

/** Replaces the socket by a new one: at once if it was steady, else with backoff. */
export function resume(state: ConnectionState<'live'>, env: MachineEnv): Transition {
  const next = isSteady(state, env) ? connect(state, env) : wait(state, env)
  return { state: next.state, effects: [{ kind: 'drop', socket: state.socket }, ...next.effects] }
}

export function connect(state: ConnectionState, env: MachineEnv): Transition {
  const socket = state.socket + 1
  return {
    state: { kind: 'connecting', socket, failures: failuresOf(state, env), giveUpAt: env.now + GIVE_UP_MS },
    effects: [{ kind: 'connect', socket }],
  }
}

export function startJoining(
  { socket, failures }: { socket: number; failures: number },
  { now }: MachineEnv,
): Transition {
  return {
    state: { kind: 'resuming', socket, failures, giveUpAt: now + GIVE_UP_MS, isRenamed: false },
    effects: [{ kind: 'join', socket }],
  }
}

/** Waits for the backoff, on top of the `pauseMs` that the server asked for. */
export function wait(
  state: ConnectionState,
  env: MachineEnv,
  pauseMs = 0,
  { code, until }: Reason = {},
): Transition {
  const failures = failuresOf(state, env)
  const retryAt = env.now + pauseMs + backoff(failures, env.random)
  return stay({
    kind: 'waiting',
    socket: state.socket,
    failures: failures + 1,
    retryAt,
    isFirm: pauseMs > 0,
    ...(code === undefined ? {} : { code }),
    ...(until === undefined ? {} : { until }),
  })
}

interface Reason {
  code?: string | undefined
  until?: number | undefined
}

/** The server, or what stands before it, told why there was no socket: tries again no sooner than it asks. */
export function waitAsTold(
  { until: _, ...state }: ConnectionState<'waiting'>,
  { code, retryAfter = 0, until }: ConnectionProblem,
  { now, random }: MachineEnv,
): Transition {
  const told = { ...state, code, ...(until === undefined ? {} : { until }) }
  if (retryAfter === 0) return stay(told)
  // Everyone was told the same time.
  const retryAt = now + retryAfter + Math.round(random * Math.max(BACKOFF_CAP_MS, retryAfter / 2))
  return stay({ ...told, retryAt: Math.max(state.retryAt, retryAt), isFirm: true })
}

export function dropAndWait(state: ConnectionState, env: MachineEnv): Transition {
  return withEffect(wait(state, env), 'drop')
}

export function goOffline(state: ConnectionState): Transition {
  return { state: offline(state), effects: [{ kind: 'drop', socket: state.socket }] }
}

export function offline({ socket }: ConnectionState): ConnectionState {
  return { kind: 'offline', socket, failures: 0 }
}

export function fail(
  { socket, failures }: ConnectionState,
  { code, message }: ConnectionProblem,
): ConnectionState {
  return { kind: 'fatal', socket, failures, code, message }
}

export function close(
  { socket, failures }: ConnectionState,
  effects: readonly ConnectionEffect['kind'][],
): Transition {
  return { state: { kind: 'closed', socket, failures }, effects: effects.map((kind) => ({ kind, socket })) }
}

export function withEffect({ state, effects }: Transition, kind: ConnectionEffect['kind']): Transition {
  return { state, effects: [...effects, { kind, socket: state.socket }] }
}

function isSteady(state: ConnectionState, env: MachineEnv): boolean {
  return state.kind === 'live' && env.now >= state.steadyAt
}

function failuresOf(state: ConnectionState, env: MachineEnv): number {
  return isSteady(state, env) ? 0 : state.failures
}

export function withoutDeadline({ deadAt: _, ...state }: ConnectionState<'live'>): ConnectionState<'live'> {
  return state
}

export function withoutExpected({ expected: _, ...state }: ConnectionState<'live'>): ConnectionState<'live'> {
  return state
}
