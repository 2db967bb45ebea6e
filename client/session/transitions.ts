import { isErrorCode, ruleOf } from '../../src/protocol/errors.ts'
import { afterClose } from './after-close.ts'
import { BACKOFF_CAP_MS, backoff } from './backoff.ts'
import type { Effect, Env, Event, Owed, Problem, State, Step, Transitions } from './machine.ts'

export const GIVE_UP_MS = 10_000
export const STEADY_MS = 5_000
export const PING_EVERY_MS = 20_000
export const PING_ANSWER_MS = 10_000
/** Someone who comes back is looking at it: they are not kept waiting for a socket that died meanwhile. */
export const WOKEN_ANSWER_MS = 5_000
/** A `pong` may overtake the change it tells of by so much. */
export const OWED_MS = 2_000
/** What a join announces has so long to begin arriving. */
const OWED_BY_JOIN_MS = 10_000

const stay = (state: State): Step => ({ state, effects: [] })

/** Nothing but the surroundings concerns a connection that is not to be. */
const over = {
  online: stay,
  offline: stay,
  shown: stay,
  tick: stay,
  opened: stay,
  heard: stay,
  pong: stay,
  joined: stay,
  error: stay,
  gap: stay,
  unanswered: stay,
  closed: stay,
  diagnosed: stay,
  rename: stay,
}

/** Complete by its type: every state says what it does about every event. */
export const TRANSITIONS: Transitions = {
  offline: { ...over, online: (state, _, env) => connect(state, env), close: (state) => end(state, []) },

  connecting: {
    ...over,
    online: (state, _, env) => woken(state, env),
    offline: (state) => goOffline(state),
    shown: (state, _, env) => woken(state, env),
    tick: (state, _, env) => (env.now < state.giveUpAt ? stay(state) : dropAndWait(state, env)),
    opened: ({ socket, failures }, _, env) => join({ socket, failures }, env),
    closed: (state, _, env) => also(wait(state, env), 'diagnose'),
    close: (state) => end(state, ['drop']),
  },

  resuming: {
    ...over,
    online: (state, _, env) => woken(state, env),
    offline: (state) => goOffline(state),
    shown: (state, _, env) => woken(state, env),
    tick: (state, _, env) => (env.now < state.giveUpAt ? stay(state) : dropAndWait(state, env)),
    joined: ({ socket, failures, renamed }, { seq }, env) => ({
      state: {
        kind: 'live',
        socket,
        failures,
        steadyAt: env.now + STEADY_MS,
        pingAt: env.now + PING_EVERY_MS,
        ...owing(seq, env, OWED_BY_JOIN_MS),
      },
      effects: renamed ? [{ kind: 'rename', socket }] : [],
    }),
    error: refuseJoin,
    gap: (state, _, env) => dropAndWait(state, env),
    closed: (state, { code }, env) => closed(state, code, undefined, env),
    rename: (state) => stay({ ...state, renamed: true }),
    close: (state) => end(state, ['drop']),
  },

  live: {
    ...over,
    online: (state, _, env) => ping(state, env, WOKEN_ANSWER_MS),
    offline: (state) => goOffline(state),
    shown: (state, _, env) => ping(state, env, WOKEN_ANSWER_MS),
    tick: beat,
    heard: (state) => stay(state.deadAt === undefined ? state : heard(state)),
    pong: (state, { seq }, env) =>
      stay(isOwed(state, env) ? state : { ...settled(state), ...owing(seq, env, OWED_MS + env.lateMs) }),
    error: (state, { code, message }, env) =>
      code === 'not-joined' ? resume(state, env) : stay({ ...state, error: { code, message } }),
    gap: (state, _, env) => resume(state, env),
    unanswered: (state, _, env) => resume(state, env),
    closed: (state, { code }, env) => closed(state, code, state.error, env),
    rename: (state) => ({ state, effects: [{ kind: 'rename', socket: state.socket }] }),
    close: (state) => end(state, ['drop']),
  },

  waiting: {
    ...over,
    online: (state, _, env) => (state.firm ? stay(state) : connect(state, env)),
    offline: (state) => stay(idle(state)),
    shown: (state, _, env) => (state.firm ? stay(state) : connect(state, env)),
    tick: (state, _, env) => (env.now < state.retryAt ? stay(state) : connect(state, env)),
    diagnosed: (state, { problem }) =>
      problem === undefined || ruleOf(problem.code).remedy === 'retry'
        ? stay(state)
        : stay(die(state, problem)),
    close: (state) => end(state, []),
  },

  refused: {
    ...over,
    online: (state) => stay({ ...state, online: true }),
    offline: (state) => ({
      state: { ...state, online: false, open: false },
      effects: state.open ? [{ kind: 'drop', socket: state.socket }] : [],
    }),
    closed: (state) => stay({ ...state, open: false }),
    rename: (state, _, env) => {
      if (!state.online) return stay(idle(state))
      return state.open ? join({ socket: state.socket, failures: state.failures }, env) : connect(state, env)
    },
    close: (state) => end(state, state.open ? ['drop'] : []),
  },

  fatal: { ...over, close: (state) => end(state, []) },
  closed: { ...over, close: stay },
}

/** Live, and some time has passed: is the socket dead, is the tail missing, is a ping due? */
function beat(state: State<'live'>, _: Event<'tick'>, env: Env): Step {
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

function isOwed({ owed }: State<'live'>, { cursor }: Env): boolean {
  return owed !== undefined && cursor < owed.seq
}

function owing(seq: number, { now, cursor }: Env, ms: number): { owed?: Owed } {
  return seq > cursor ? { owed: { seq, cursor, at: now + ms } } : {}
}

/** The first ping that nothing answers decides. One whose time passed while the machine slept proves nothing. */
function ping(state: State<'live'>, { now }: Env, answerMs = PING_ANSWER_MS): Step {
  const { deadAt } = state
  const asked = deadAt !== undefined && deadAt > now ? deadAt : Infinity
  return {
    state: { ...state, pingAt: now + PING_EVERY_MS, deadAt: Math.min(asked, now + answerMs) },
    effects: [{ kind: 'ping', socket: state.socket }],
  }
}

/** An attempt that was begun before the machine slept is not waited for. */
function woken(state: State<'connecting' | 'resuming'>, env: Env): Step {
  if (env.now < state.giveUpAt) return stay(state)
  const next = connect(state, env)
  return { state: next.state, effects: [{ kind: 'drop', socket: state.socket }, ...next.effects] }
}

/** A join that was refused: ask for another name, try later, or leave it. */
function refuseJoin(state: State<'resuming'>, { code, message, retryAfter }: Event<'error'>, env: Env): Step {
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

function closed(state: State<'resuming' | 'live'>, code: number, error: Problem | undefined, env: Env): Step {
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
function resume(state: State<'live'>, env: Env): Step {
  const next = isSteady(state, env) ? connect(state, env) : wait(state, env)
  return { state: next.state, effects: [{ kind: 'drop', socket: state.socket }, ...next.effects] }
}

function connect(state: State, env: Env): Step {
  const socket = state.socket + 1
  return {
    state: { kind: 'connecting', socket, failures: failuresOf(state, env), giveUpAt: env.now + GIVE_UP_MS },
    effects: [{ kind: 'connect', socket }],
  }
}

function join({ socket, failures }: { socket: number; failures: number }, { now }: Env): Step {
  return {
    state: { kind: 'resuming', socket, failures, giveUpAt: now + GIVE_UP_MS, renamed: false },
    effects: [{ kind: 'join', socket }],
  }
}

/** `pause`: at least so many ms, because the server asked for them. */
function wait(state: State, env: Env, pause = 0): Step {
  const failures = failuresOf(state, env)
  const retryAt = env.now + pause + backoff(failures, env.random)
  return stay({ kind: 'waiting', socket: state.socket, failures: failures + 1, retryAt, firm: pause > 0 })
}

function dropAndWait(state: State, env: Env): Step {
  return also(wait(state, env), 'drop')
}

function goOffline(state: State): Step {
  return { state: idle(state), effects: [{ kind: 'drop', socket: state.socket }] }
}

function idle({ socket }: State): State {
  return { kind: 'offline', socket, failures: 0 }
}

function die({ socket, failures }: State, { code, message }: Problem): State {
  return { kind: 'fatal', socket, failures, code, message }
}

function end({ socket, failures }: State, effects: readonly Effect['kind'][]): Step {
  return { state: { kind: 'closed', socket, failures }, effects: effects.map((kind) => ({ kind, socket })) }
}

function also({ state, effects }: Step, kind: Effect['kind']): Step {
  return { state, effects: [...effects, { kind, socket: state.socket }] }
}

function isSteady(state: State, env: Env): boolean {
  return state.kind === 'live' && env.now >= state.steadyAt
}

function failuresOf(state: State, env: Env): number {
  return isSteady(state, env) ? 0 : state.failures
}

function heard({ deadAt: _, ...state }: State<'live'>): State<'live'> {
  return state
}

function settled({ owed: _, ...state }: State<'live'>): State<'live'> {
  return state
}
