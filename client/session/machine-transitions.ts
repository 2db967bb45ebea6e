import { ruleOf } from '../../src/protocol/errors.ts'
import type { Transitions } from './machine.ts'
import {
  also,
  beat,
  closed,
  connect,
  die,
  dropAndWait,
  end,
  goOffline,
  idle,
  isOwed,
  OWED_BY_JOIN_MS,
  OWED_MS,
  owing,
  PING_EVERY_MS,
  ping,
  refuseJoin,
  resume,
  STEADY_MS,
  settled,
  startJoining,
  stay,
  stillHeard,
  WOKEN_ANSWER_MS,
  wait,
  woken,
} from './machine-steps.ts'

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
    opened: ({ socket, failures }, _, env) => startJoining({ socket, failures }, env),
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
    heard: (state) => stay(state.deadAt === undefined ? state : stillHeard(state)),
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
      return state.open
        ? startJoining({ socket: state.socket, failures: state.failures }, env)
        : connect(state, env)
    },
    close: (state) => end(state, state.open ? ['drop'] : []),
  },

  fatal: { ...over, close: (state) => end(state, []) },
  closed: { ...over, close: stay },
}
