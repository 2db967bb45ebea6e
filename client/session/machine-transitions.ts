import { ruleOf } from '../../src/protocol/error-rules.ts'
import type { TransitionTable } from './machine.ts'
import {
  afterClosed,
  BACKLOG_START_MS,
  close,
  connect,
  dropAndWait,
  expectUpTo,
  fail,
  goOffline,
  heartbeat,
  isExpecting,
  offline,
  PING_EVERY_MS,
  PONG_LEAD_MS,
  ping,
  refuseJoin,
  resume,
  retryIfOverdue,
  STEADY_MS,
  startJoining,
  stay,
  WOKEN_ANSWER_MS,
  wait,
  waitAsTold,
  withEffect,
  withoutDeadline,
  withoutExpected,
} from './machine-steps.ts'

/** A row that ignores every event; each state lists the events it answers. */
const IGNORE_ALL = {
  online: stay,
  offline: stay,
  shown: stay,
  tick: stay,
  opened: stay,
  received: stay,
  pong: stay,
  joined: stay,
  error: stay,
  gap: stay,
  unanswered: stay,
  closed: stay,
  diagnosed: stay,
  rename: stay,
}

/** What every state does about every event. The type makes it complete. */
export const TRANSITIONS: TransitionTable = {
  offline: {
    ...IGNORE_ALL,
    online: (state, _, env) => connect(state, env),
    close: (state) => close(state, []),
  },

  connecting: {
    ...IGNORE_ALL,
    online: (state, _, env) => retryIfOverdue(state, env),
    offline: (state) => goOffline(state),
    shown: (state, _, env) => retryIfOverdue(state, env),
    tick: (state, _, env) => (env.now < state.giveUpAt ? stay(state) : dropAndWait(state, env)),
    opened: ({ socket, failures }, _, env) => startJoining({ socket, failures }, env),
    closed: (state, _, env) => withEffect(wait(state, env), 'diagnose'),
    close: (state) => close(state, ['drop']),
  },

  resuming: {
    ...IGNORE_ALL,
    online: (state, _, env) => retryIfOverdue(state, env),
    offline: (state) => goOffline(state),
    shown: (state, _, env) => retryIfOverdue(state, env),
    tick: (state, _, env) => (env.now < state.giveUpAt ? stay(state) : dropAndWait(state, env)),
    joined: ({ socket, failures, isRenamed: renamed }, { seq }, env) => ({
      state: {
        kind: 'live',
        socket,
        failures,
        steadyAt: env.now + STEADY_MS,
        pingAt: env.now + PING_EVERY_MS,
        ...expectUpTo(seq, env, BACKLOG_START_MS),
      },
      effects: renamed ? [{ kind: 'rename', socket }] : [],
    }),
    error: refuseJoin,
    gap: (state, _, env) => dropAndWait(state, env),
    closed: (state, { code }, env) => afterClosed(state, code, undefined, env),
    rename: (state) => stay({ ...state, isRenamed: true }),
    close: (state) => close(state, ['drop']),
  },

  live: {
    ...IGNORE_ALL,
    online: (state, _, env) => ping(state, env, WOKEN_ANSWER_MS),
    offline: (state) => goOffline(state),
    shown: (state, _, env) => ping(state, env, WOKEN_ANSWER_MS),
    tick: heartbeat,
    received: (state) => stay(state.deadAt === undefined ? state : withoutDeadline(state)),
    pong: (state, { seq }, env) =>
      stay(
        isExpecting(state, env)
          ? state
          : { ...withoutExpected(state), ...expectUpTo(seq, env, PONG_LEAD_MS + env.lateMs) },
      ),
    error: (state, { code, message }, env) =>
      code === 'not-joined' ? resume(state, env) : stay({ ...state, error: { code, message } }),
    gap: (state, _, env) => resume(state, env),
    unanswered: (state, _, env) => resume(state, env),
    closed: (state, { code }, env) => afterClosed(state, code, state.error, env),
    rename: (state) => ({ state, effects: [{ kind: 'rename', socket: state.socket }] }),
    close: (state) => close(state, ['drop']),
  },

  waiting: {
    ...IGNORE_ALL,
    online: (state, _, env) => (state.isFirm ? stay(state) : connect(state, env)),
    offline: (state) => stay(offline(state)),
    shown: (state, _, env) => (state.isFirm ? stay(state) : connect(state, env)),
    tick: (state, _, env) => (env.now < state.retryAt ? stay(state) : connect(state, env)),
    diagnosed: (state, { problem }, env) => {
      if (problem === undefined) return stay(state)
      return ruleOf(problem.code).remedy === 'retry'
        ? waitAsTold(state, problem, env)
        : stay(fail(state, problem))
    },
    close: (state) => close(state, []),
  },

  refused: {
    ...IGNORE_ALL,
    online: (state) => stay({ ...state, isOnline: true }),
    offline: (state) => ({
      state: { ...state, isOnline: false, isOpen: false },
      effects: state.isOpen ? [{ kind: 'drop', socket: state.socket }] : [],
    }),
    closed: (state) => stay({ ...state, isOpen: false }),
    rename: (state, _, env) => {
      if (!state.isOnline) return stay(offline(state))
      return state.isOpen
        ? startJoining({ socket: state.socket, failures: state.failures }, env)
        : connect(state, env)
    },
    close: (state) => close(state, state.isOpen ? ['drop'] : []),
  },

  fatal: { ...IGNORE_ALL, close: (state) => close(state, []) },
  closed: { ...IGNORE_ALL, close: stay },
}
