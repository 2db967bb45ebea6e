import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ConnectionEvent,
  type ConnectionState,
  deadline,
  type EventKind,
  START,
  step,
} from '../../../client/session/machine.ts'
import { CLOSE, type ErrorCode, ruleOf } from '../../../src/protocol/error-rules.ts'
import { ERRORS } from '../../../src/protocol/errors.ts'
import { env, ofSocket, SAMPLE_EVENTS, SAMPLE_NOW, SAMPLE_STATES } from './machine-fixtures.ts'

/** The next state and the effects of every event in every state. An event that is not listed changes nothing. */
const TABLE: Record<keyof typeof SAMPLE_STATES, Partial<Record<EventKind, string>>> = {
  offline: {
    online: 'connecting, connect 8',
    close: 'closed',
  },
  connecting: {
    offline: 'offline, drop',
    opened: 'resuming, join',
    closed: 'waiting, diagnose',
    close: 'closed, drop',
  },
  'connecting, too long': {
    online: 'connecting, drop, connect 8',
    offline: 'offline, drop',
    shown: 'connecting, drop, connect 8',
    tick: 'waiting, drop',
    opened: 'resuming, join',
    closed: 'waiting, diagnose',
    close: 'closed, drop',
  },
  resuming: {
    offline: 'offline, drop',
    joined: 'live',
    error: 'fatal, drop',
    gap: 'waiting, drop',
    closed: 'waiting',
    rename: 'resuming',
    close: 'closed, drop',
  },
  'resuming, too long': {
    online: 'connecting, drop, connect 8',
    offline: 'offline, drop',
    shown: 'connecting, drop, connect 8',
    tick: 'waiting, drop',
    joined: 'live',
    error: 'fatal, drop',
    gap: 'waiting, drop',
    closed: 'waiting',
    rename: 'resuming',
    close: 'closed, drop',
  },
  'live, not yet steady': {
    online: 'live, ping',
    offline: 'offline, drop',
    shown: 'live, ping',
    pong: 'live',
    error: 'live',
    gap: 'waiting, drop',
    unanswered: 'waiting, drop',
    closed: 'waiting',
    rename: 'live, rename',
    close: 'closed, drop',
  },
  'live, ping due': {
    online: 'live, ping',
    offline: 'offline, drop',
    shown: 'live, ping',
    tick: 'live, ping',
    pong: 'live',
    error: 'live',
    gap: 'connecting, drop, connect 8',
    unanswered: 'connecting, drop, connect 8',
    closed: 'waiting',
    rename: 'live, rename',
    close: 'closed, drop',
  },
  'live, silent': {
    online: 'live, ping',
    offline: 'offline, drop',
    shown: 'live, ping',
    tick: 'connecting, drop, connect 8',
    received: 'live',
    pong: 'live',
    error: 'live',
    gap: 'connecting, drop, connect 8',
    unanswered: 'connecting, drop, connect 8',
    closed: 'waiting',
    rename: 'live, rename',
    close: 'closed, drop',
  },
  waiting: {
    online: 'connecting, connect 8',
    offline: 'offline',
    shown: 'connecting, connect 8',
    diagnosed: 'fatal',
    close: 'closed',
  },
  'waiting, due': {
    offline: 'offline',
    tick: 'connecting, connect 8',
    diagnosed: 'fatal',
    close: 'closed',
  },
  'waiting, firm': {
    offline: 'offline',
    diagnosed: 'fatal',
    close: 'closed',
  },
  refused: {
    online: 'refused',
    offline: 'refused, drop',
    closed: 'refused',
    rename: 'resuming, join',
    close: 'closed, drop',
  },
  'refused, socket gone': {
    online: 'refused',
    offline: 'refused',
    closed: 'refused',
    rename: 'connecting, connect 8',
    close: 'closed',
  },
  'refused, offline': {
    online: 'refused',
    offline: 'refused',
    closed: 'refused',
    rename: 'offline',
    close: 'closed',
  },
  fatal: {
    close: 'closed',
  },
  closed: {},
}

function outcome(state: ConnectionState, event: ConnectionEvent): string | undefined {
  const next = step(state, event, env)
  if (next.state === state && next.effects.length === 0) return undefined
  const effects = next.effects.map(({ kind, socket }) => (kind === 'connect' ? `${kind} ${socket}` : kind))
  return [next.state.kind, ...effects].join(', ')
}

it.each(Object.entries(TABLE))(
  '[CM1] %s: every event has the outcome that the table lists',
  (name, expected) => {
    const state = Object.entries(SAMPLE_STATES).find(([other]) => other === name)?.[1] ?? START
    const found = Object.entries(SAMPLE_EVENTS).map(([kind, event]) => [kind, outcome(state, event)])
    expect(Object.fromEntries(found)).toEqual(expected)
  },
)

describe('[CM2] an event of an older socket', () => {
  it.each(Object.entries(SAMPLE_STATES))('changes nothing when %s', (_, state) => {
    for (const event of Object.values(SAMPLE_EVENTS)) {
      if (!('socket' in event)) continue
      expect(step(state, { ...event, socket: 6 }, env)).toEqual({ state, effects: [] })
    }
  })
})

it('[CM11] every state that waits has a deadline, and no other state has one', () => {
  const waits = Object.values(SAMPLE_STATES).filter((state) => deadline(state) !== undefined)
  expect(new Set(waits.map(({ kind }) => kind))).toEqual(
    new Set(['connecting', 'resuming', 'live', 'waiting']),
  )
})

describe('[CM3] backoff', () => {
  const wait = (failures: number, random: number): number => {
    const next = step({ ...SAMPLE_STATES.connecting, failures }, SAMPLE_EVENTS.closed, {
      ...env,
      random,
    }).state
    return next.kind === 'waiting' ? next.retryAt - SAMPLE_NOW : Number.NaN
  }
  it('is anywhere between nothing and a ceiling that doubles up to 30 s', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 50].map((failures) => wait(failures, 0))).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    const ceilings = [0, 1, 2, 3, 4, 5, 6, 50].map((failures) => wait(failures, 0.999_999))
    expect(ceilings).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    expect(wait(3, 0.25)).toBe(2_000)
  })
  it('grows with every failed attempt, and starts again only after a steady connection', () => {
    const opened = step({ ...SAMPLE_STATES.connecting, failures: 4 }, SAMPLE_EVENTS.opened, env).state
    const live = step(opened, SAMPLE_EVENTS.joined, env).state
    const early = step(live, SAMPLE_EVENTS.closed, { ...env, now: SAMPLE_NOW + 4_999 }).state
    expect(early).toMatchObject({ kind: 'waiting', failures: 5 })
    const late = step(live, SAMPLE_EVENTS.closed, { ...env, now: SAMPLE_NOW + 5_000 }).state
    expect(late).toMatchObject({ kind: 'waiting', failures: 1, retryAt: SAMPLE_NOW + 5_500 })
  })
  it('adds the rate limit of a join, which waking does not cut short', () => {
    const error = {
      kind: 'error',
      ...ofSocket,
      code: 'rate-limited',
      message: '',
      retryAfter: 7_000,
    } as const
    const { state, effects } = step(SAMPLE_STATES.resuming, error, env)
    expect(state).toMatchObject({ kind: 'waiting', retryAt: SAMPLE_NOW + 7_000 + 2_000, isFirm: true })
    expect(effects).toEqual([{ kind: 'drop', socket: 7 }])
    expect(step(state, SAMPLE_EVENTS.shown, env).state).toBe(state)
  })
})

describe('[CM4] the close code decides what follows', () => {
  const closed = (state: ConnectionState, code: number): string | undefined =>
    outcome(state, { kind: 'closed', ...ofSocket, code })
  const live = SAMPLE_STATES['live, ping due']
  it.each([
    [1000, 'waiting'],
    [1001, 'waiting'],
    [1006, 'waiting'],
    [1011, 'waiting'],
    [CLOSE.restart, 'waiting'],
    [CLOSE.policy, 'waiting'],
    [CLOSE.flood, 'waiting'],
    [CLOSE.slowReader, 'connecting, connect 8'],
    [CLOSE.silent, 'connecting, connect 8'],
    [CLOSE.tooLarge, 'connecting, connect 8'],
    [4403, 'fatal'],
    [CLOSE.erased, 'fatal'],
    [4400, 'fatal'],
  ])('%i', (code, expected) => expect(closed(live, code)).toBe(expected))
  it('4408 before it was steady: backs off, so that client and server do not loop', () => {
    expect(closed(SAMPLE_STATES['live, not yet steady'], CLOSE.slowReader)).toBe('waiting')
  })
  it('a flood and a policy close wait for at least 30 s', () => {
    for (const code of [CLOSE.flood, CLOSE.policy]) {
      const { state } = step(live, { kind: 'closed', ...ofSocket, code }, env)
      expect(state).toMatchObject({ kind: 'waiting', isFirm: true, retryAt: SAMPLE_NOW + 30_000 + 500 })
    }
  })
  it('4429 before the join diagnoses, to tell a full room from a flood', () => {
    expect(closed(SAMPLE_STATES.resuming, CLOSE.flood)).toBe('waiting, diagnose')
  })
  it('the last error gives the reason if its rule has this close code', () => {
    const banned = { kind: 'error', ...ofSocket, code: 'banned', message: 'Out.' } as const
    const warned = step(live, banned, env).state
    expect(warned.kind).toBe('live')
    expect(step(warned, { kind: 'closed', ...ofSocket, code: 4403 }, env).state).toMatchObject({
      kind: 'fatal',
      code: 'banned',
      message: 'Out.',
    })
    expect(step(warned, { kind: 'closed', ...ofSocket, code: 1006 }, env).state.kind).toBe('waiting')
  })
  it('4404 means that the room is gone, whatever error came before', () => {
    const warned = step(live, { kind: 'error', ...ofSocket, code: 'locked', message: '' }, env).state
    for (const state of [live, warned, SAMPLE_STATES.resuming])
      expect(step(state, { kind: 'closed', ...ofSocket, code: CLOSE.erased }, env)).toMatchObject({
        state: { kind: 'fatal', code: 'erased' },
        effects: [],
      })
  })
  it('an error about a single frame ends only the socket', () => {
    const large = { kind: 'error', ...ofSocket, code: 'too-large', message: '' } as const
    const warned = step(live, large, env).state
    expect(closed(warned, CLOSE.tooLarge)).toBe('connecting, connect 8')
  })
})

describe('[CM5] an error instead of a join follows the error table', () => {
  const EXPECTED = { ask: 'refused', retry: 'waiting', fatal: 'fatal', drop: 'fatal' } as const
  const codes = [...Object.keys(ERRORS), 'from-another-version'] as (ErrorCode | 'from-another-version')[]
  it.each(codes.filter((code) => code !== 'not-joined' && code !== 'already-joined'))('%s', (code) => {
    const { state } = step(SAMPLE_STATES.resuming, { kind: 'error', ...ofSocket, code, message: 'why' }, env)
    expect(state.kind).toBe(EXPECTED[ruleOf(code).remedy])
    if (state.kind === 'refused' || state.kind === 'fatal')
      expect(state).toMatchObject({ code, message: 'why' })
  })
  it.each(['not-joined', 'already-joined'])(
    '%s: client and server disagree about this socket, so another is opened',
    (code) => {
      expect(outcome(SAMPLE_STATES.resuming, { kind: 'error', ...ofSocket, code, message: '' })).toBe(
        'waiting, drop',
      )
    },
  )
  it.each(codes)('live, %s ends nothing unless the server forgot the join', (code) => {
    const next = outcome(SAMPLE_STATES['live, ping due'], { kind: 'error', ...ofSocket, code, message: '' })
    expect(next).toBe(code === 'not-joined' ? 'connecting, drop, connect 8' : 'live')
  })
})

describe('[CM6] a diagnosis', () => {
  it.each([
    ['not-found', 'fatal'],
    ['forbidden', 'fatal'],
    ['banned', 'fatal'],
    ['locked', 'fatal'],
    ['room-full', 'waiting'],
    ['room-invalid', 'fatal'],
    ['rate-limited', 'waiting'],
    ['internal', 'waiting'],
    ['unavailable', 'waiting'],
  ])('%s: %s', (code, kind) => {
    const problem = { code, message: '' }
    expect(step(SAMPLE_STATES.waiting, { kind: 'diagnosed', ...ofSocket, problem }, env).state.kind).toBe(
      kind,
    )
  })
  it('that says when to try again is heeded, also when the tab is shown meanwhile', () => {
    const problem = { code: 'unavailable', message: '', retryAfter: 300_000, until: 5 }
    const told = step(SAMPLE_STATES.waiting, { kind: 'diagnosed', ...ofSocket, problem }, env).state
    expect(told).toMatchObject({ kind: 'waiting', code: 'unavailable', until: 5, isFirm: true })
    const due = deadline(told) ?? 0
    expect(due).toBeGreaterThanOrEqual(SAMPLE_NOW + 300_000)
    expect(due).toBeLessThan(SAMPLE_NOW + 450_000)
    expect(step(told, SAMPLE_EVENTS.shown, env).state).toBe(told)
  })
  it('without a problem changes nothing', () => {
    expect(step(SAMPLE_STATES.waiting, { kind: 'diagnosed', ...ofSocket }, env).state).toBe(
      SAMPLE_STATES.waiting,
    )
  })
})

describe('[CM9] a name', () => {
  it('chosen without a network, waits for it', () => {
    const offline = step(SAMPLE_STATES.refused, SAMPLE_EVENTS.offline, env).state
    expect(outcome(offline, SAMPLE_EVENTS.rename)).toBe('offline')
    expect(outcome(step(offline, SAMPLE_EVENTS.online, env).state, SAMPLE_EVENTS.rename)).toBe(
      'connecting, connect 8',
    )
  })
  it('a join is given up after 10 s', () => {
    expect(deadline(step(SAMPLE_STATES.connecting, SAMPLE_EVENTS.opened, env).state)).toBe(
      SAMPLE_NOW + 10_000,
    )
  })
  it('a socket is given up after 10 s, and a pause ends at its time', () => {
    expect(deadline(step(SAMPLE_STATES.offline, SAMPLE_EVENTS.online, env).state)).toBe(SAMPLE_NOW + 10_000)
    expect(deadline(SAMPLE_STATES.waiting)).toBe(SAMPLE_NOW + 1)
  })
  it('chosen during the join, is requested after it', () => {
    const renamed = step(SAMPLE_STATES.resuming, SAMPLE_EVENTS.rename, env).state
    expect(step(renamed, SAMPLE_EVENTS.joined, env).effects).toEqual([{ kind: 'rename', socket: 7 }])
  })
  it('chosen after a refusal, joins on the same socket if that is open', () => {
    expect(outcome(SAMPLE_STATES.refused, SAMPLE_EVENTS.rename)).toBe('resuming, join')
    const closed = step(SAMPLE_STATES.refused, SAMPLE_EVENTS.closed, env).state
    expect(outcome(closed, SAMPLE_EVENTS.rename)).toBe('connecting, connect 8')
  })
})

const anyEvent: fc.Arbitrary<{
  event: ConnectionEvent
  socket: number
  wait: number
  cursor: number
  random: number
}> = fc.record({
  event: fc.oneof(
    fc.constantFrom(...Object.values(SAMPLE_EVENTS).filter(({ kind }) => kind !== 'close')),
    fc.record({
      kind: fc.constant('closed' as const),
      socket: fc.constant(7),
      code: fc.constantFrom(1006, 1012, 4408, 4429, 1009),
    }),
    fc.record({
      kind: fc.constant('error' as const),
      socket: fc.constant(7),
      code: fc.constantFrom('rate-limited', 'name-taken', 'internal', 'not-joined'),
      message: fc.constant(''),
    }),
  ),
  socket: fc.constantFrom(0, 0, 0, 1),
  wait: fc.nat(40_000),
  cursor: fc.nat(20),
  random: fc.double({ min: 0, max: 0.999, noNaN: true }),
})

it('[CM10] any events: one socket at a time, numbers only grow, and no state waits for ever', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      let state: ConnectionState = START
      let now = 0
      let open: number | undefined
      for (const { event, socket, wait, cursor, random } of events) {
        now += wait
        const addressed = 'socket' in event ? { ...event, socket: state.socket - socket } : event
        const before = state
        const next = step(state, addressed, { now, random, cursor, lateMs: 0 })
        state = next.state
        if (addressed.kind === 'closed' && addressed.socket === open) open = undefined
        for (const effect of next.effects) {
          if (effect.kind === 'connect') {
            expect(open).toBeUndefined()
            expect(effect.socket).toBe(before.socket + 1)
            open = effect.socket
          } else if (effect.kind !== 'diagnose') {
            expect(effect.socket).toBe(open)
            if (effect.kind === 'drop') open = undefined
          }
        }
        expect(state.socket).toBeGreaterThanOrEqual(before.socket)
        const rests = ['offline', 'refused', 'fatal', 'closed'].includes(state.kind)
        expect(deadline(state) === undefined).toBe(rests)
        const has =
          ['connecting', 'resuming', 'live'].includes(state.kind) ||
          (state.kind === 'refused' && state.isOpen)
        expect(open !== undefined).toBe(has)
      }
    }),
    { numRuns: 2_000 },
  )
})
