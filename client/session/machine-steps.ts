import { isErrorCode, ruleOf } from '../../src/protocol/errors.ts'
import { BACKOFF_CAP_MS, backoff } from './backoff.ts'
import { afterClose } from './close-codes.ts'
import type { ConnectionProblem, Effect, Env, Event, Owed, State, Step } from './machine.ts'

const GIVE_UP_MS = 10_000
export const STEADY_MS = 5_000
export const PING_EVERY_MS = 20_000
const PING_ANSWER_MS = 10_000
/** Someone who comes back is looking at it: they are not kept waiting for a socket that died meanwhile. */
export const WOKEN_ANSWER_MS = 5_000
/** A `pong` may overtake the change it tells of by so much. */
export const OWED_MS = 2_000
/** What a join announces has so long to begin arriving. */
export const OWED_BY_JOIN_MS = 10_000

export const stay = (state: State): Step => ({ state, effects: [] })

/** Live, and some time has passed: is the socket dead, is the tail missing, is a ping due? */
export function beat(state: State<'live'>, _: Event<'tick'>, env: Env): Step {
  if (state.deadAt !== undefined && env.now >= state.deadAt) return resume(state, env)
  const checked = checkOwed(state, env)
  if (checked === undefined) return resume(state, env)
  return env.now >= state.pingAt ? ping(checked, env) : stay(checked)
}

/** What was owed has come, or is still coming, or is lost: undefined. */
function checkOwed(state: State<'live'>, env: Env): State<'live'> | undefined {
  const { owed } = state
  if (owed === undefined || env.now < owed.at) return state
  if (!isOwed(state, env)) return settled(state)
  if (env.cursor === owed.cursor) return undefined
  return { ...state, ...owing(owed.seq, env, OWED_MS + env.lateMs) }
}

export function isOwed({ owed }: State<'live'>, { cursor }: Env): boolean {
  return owed !== undefined && cursor < owed.seq
}

export function owing(seq: number, { now, cursor }: Env, ms: number): { owed?: Owed } {
  return seq > cursor ? { owed: { seq, cursor, at: now + ms } } : {}
}

/** The first ping that nothing answers decides. One whose time passed while the machine slept proves nothing. */
export function ping(state: State<'live'>, { now }: Env, answerMs = PING_ANSWER_MS): Step {
  const { deadAt } = state
  const asked = deadAt !== undefined && deadAt > now ? deadAt : Infinity
  return {
    state: { ...state, pingAt: now + PING_EVERY_MS, deadAt: Math.min(asked, now + answerMs) },
    effects: [{ kind: 'ping', socket: state.socket }],
  }
}

/** An attempt that was begun before the machine slept is not waited for. */
export function woken(state: State<'connecting' | 'resuming'>, env: Env): Step {
  if (env.now < state.giveUpAt) return stay(state)
  const next = connect(state, env)
  return { state: next.state, effects: [{ kind: 'drop', socket: state.socket }, ...next.effects] }
}

/** A join that was refused: ask for another name, try later, or leave it. */
export function refuseJoin(
  state: State<'resuming'>,
  { code, message, retryAfter }: Event<'error'>,
  env: Env,
): Step {
  const { remedy } = ruleOf(code)
  const { socket, failures } = state
  if (remedy === 'ask' && isErrorCode(code)) {
    return stay({ kind: 'refused', socket, failures, code, message, open: true, online: true })
  }
  if (remedy === 'retry') return also(wait(state, env, retryAfter ?? 0), 'drop')
  return code === 'not-joined' || code === 'already-joined'
    ? dropAndWait(state, env)
    : { state: die(state, { code, message }), effects: [{ kind: 'drop', socket }] }
}

export function closed(
  state: State<'resuming' | 'live'>,
  code: number,
  error: ConnectionProblem | undefined,
  env: Env,
): Step {
  const after = afterClose(code, error)
  switch (after.kind) {
    case 'again':
      return wait(state, env)
    case 'resume':
      return isSteady(state, env) ? connect(state, env) : wait(state, env)
    case 'later':
      return state.kind === 'resuming'
        ? also(wait(state, env, BACKOFF_CAP_MS), 'diagnose')
        : wait(state, env, BACKOFF_CAP_MS)
    case 'fatal':
      return stay(die(state, after.problem))
    default:
      return after satisfies never
  }
}

/** Gives the socket up for a new one: at once where it had been steady, else with backoff. */
export function resume(state: State<'live'>, env: Env): Step {
  const next = isSteady(state, env) ? connect(state, env) : wait(state, env)
  return { state: next.state, effects: [{ kind: 'drop', socket: state.socket }, ...next.effects] }
}

export function connect(state: State, env: Env): Step {
  const socket = state.socket + 1
  return {
    state: { kind: 'connecting', socket, failures: failuresOf(state, env), giveUpAt: env.now + GIVE_UP_MS },
    effects: [{ kind: 'connect', socket }],
  }
}

export function startJoining({ socket, failures }: { socket: number; failures: number }, { now }: Env): Step {
  return {
    state: { kind: 'resuming', socket, failures, giveUpAt: now + GIVE_UP_MS, renamed: false },
    effects: [{ kind: 'join', socket }],
  }
}

/** `pause`: at least so many ms, because the server asked for them. */
export function wait(state: State, env: Env, pause = 0): Step {
  const failures = failuresOf(state, env)
  const retryAt = env.now + pause + backoff(failures, env.random)
  return stay({ kind: 'waiting', socket: state.socket, failures: failures + 1, retryAt, firm: pause > 0 })
}

export function dropAndWait(state: State, env: Env): Step {
  return also(wait(state, env), 'drop')
}

export function goOffline(state: State): Step {
  return { state: idle(state), effects: [{ kind: 'drop', socket: state.socket }] }
}

export function idle({ socket }: State): State {
  return { kind: 'offline', socket, failures: 0 }
}

export function die({ socket, failures }: State, { code, message }: ConnectionProblem): State {
  return { kind: 'fatal', socket, failures, code, message }
}

export function end({ socket, failures }: State, effects: readonly Effect['kind'][]): Step {
  return { state: { kind: 'closed', socket, failures }, effects: effects.map((kind) => ({ kind, socket })) }
}

export function also({ state, effects }: Step, kind: Effect['kind']): Step {
  return { state, effects: [...effects, { kind, socket: state.socket }] }
}

function isSteady(state: State, env: Env): boolean {
  return state.kind === 'live' && env.now >= state.steadyAt
}

function failuresOf(state: State, env: Env): number {
  return isSteady(state, env) ? 0 : state.failures
}

export function stillHeard({ deadAt: _, ...state }: State<'live'>): State<'live'> {
  return state
}

export function settled({ owed: _, ...state }: State<'live'>): State<'live'> {
  return state
}
