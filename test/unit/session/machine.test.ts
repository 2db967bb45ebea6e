import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  deadline,
  type Env,
  type Event,
  type EventKind,
  START,
  type State,
  step,
} from '../../../client/session/machine.ts'
import { CLOSE, ERRORS, type ErrorCode, ruleOf } from '../../../src/protocol/errors.ts'

const NOW = 100_000
const env: Env = { now: NOW, random: 0.5, cursor: 10, lateMs: 0 }
const at = { socket: 7, failures: 2 }
const of = { socket: 7 }

const STATES = {
  offline: { kind: 'offline', ...at },
  connecting: { kind: 'connecting', ...at, giveUpAt: NOW + 1 },
  'connecting, too long': { kind: 'connecting', ...at, giveUpAt: NOW },
  resuming: { kind: 'resuming', ...at, giveUpAt: NOW + 1, renamed: false },
  'resuming, too long': { kind: 'resuming', ...at, giveUpAt: NOW, renamed: false },
  'live, not yet steady': { kind: 'live', ...at, steadyAt: NOW + 1, pingAt: NOW + 1 },
  'live, ping due': { kind: 'live', ...at, steadyAt: NOW, pingAt: NOW },
  'live, silent': { kind: 'live', ...at, steadyAt: NOW, pingAt: NOW + 1, deadAt: NOW },
  waiting: { kind: 'waiting', ...at, retryAt: NOW + 1, firm: false },
  'waiting, due': { kind: 'waiting', ...at, retryAt: NOW, firm: true },
  'waiting, firm': { kind: 'waiting', ...at, retryAt: NOW + 1, firm: true },
  refused: { kind: 'refused', ...at, code: 'name-taken', message: '', open: true, online: true },
  'refused, socket gone': {
    kind: 'refused',
    ...at,
    code: 'name-taken',
    message: '',
    open: false,
    online: true,
  },
  'refused, offline': { kind: 'refused', ...at, code: 'name-taken', message: '', open: false, online: false },
  fatal: { kind: 'fatal', ...at, code: 'forbidden', message: '' },
  closed: { kind: 'closed', ...at },
} satisfies Record<string, State>

const EVENTS: { [E in EventKind]: Event<E> } = {
  online: { kind: 'online' },
  offline: { kind: 'offline' },
  shown: { kind: 'shown' },
  tick: { kind: 'tick' },
  opened: { kind: 'opened', ...of },
  heard: { kind: 'heard', ...of },
  pong: { kind: 'pong', ...of, seq: 11 },
  joined: { kind: 'joined', ...of, seq: 10 },
  error: { kind: 'error', ...of, code: 'not-found', message: '' },
  gap: { kind: 'gap', ...of },
  unanswered: { kind: 'unanswered', ...of },
  closed: { kind: 'closed', ...of, code: 1006 },
  diagnosed: { kind: 'diagnosed', ...of, problem: { code: 'forbidden', message: '' } },
  rename: { kind: 'rename' },
  close: { kind: 'close' },
}

/** What comes of every event in every state: the next state and the effects. Nothing where it is not listed. */
const TABLE: Record<keyof typeof STATES, Partial<Record<EventKind, string>>> = {
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
    heard: 'live',
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

function outcome(state: State, event: Event): string | undefined {
  const next = step(state, event, env)
  if (next.state === state && next.effects.length === 0) return undefined
  const effects = next.effects.map(({ kind, socket }) => (kind === 'connect' ? `${kind} ${socket}` : kind))
  return [next.state.kind, ...effects].join(', ')
}

it.each(Object.entries(TABLE))(
  '[CM1] %s: what comes of every event is as the table says',
  (name, expected) => {
    const state = Object.entries(STATES).find(([other]) => other === name)?.[1] ?? START
    const found = Object.entries(EVENTS).map(([kind, event]) => [kind, outcome(state, event)])
    expect(Object.fromEntries(found)).toEqual(expected)
  },
)

describe('[CM2] whatever an older socket tells', () => {
  it.each(Object.entries(STATES))('is ignored when %s', (_, state) => {
    for (const event of Object.values(EVENTS)) {
      if (!('socket' in event)) continue
      expect(step(state, { ...event, socket: 6 }, env)).toEqual({ state, effects: [] })
    }
  })
})

describe('[CM3] backoff', () => {
  const wait = (failures: number, random: number): number => {
    const next = step({ ...STATES.connecting, failures }, EVENTS.closed, { ...env, random }).state
    return next.kind === 'waiting' ? next.retryAt - NOW : Number.NaN
  }
  it('is anywhere between nothing and a ceiling that doubles up to 30 s', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 50].map((failures) => wait(failures, 0))).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    const ceilings = [0, 1, 2, 3, 4, 5, 6, 50].map((failures) => wait(failures, 0.999_999))
    expect(ceilings).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    expect(wait(3, 0.25)).toBe(2_000)
  })
  it('grows with every attempt that fails and starts anew only after some steady seconds', () => {
    const opened = step({ ...STATES.connecting, failures: 4 }, EVENTS.opened, env).state
    const live = step(opened, EVENTS.joined, env).state
    const early = step(live, EVENTS.closed, { ...env, now: NOW + 4_999 }).state
    expect(early).toMatchObject({ kind: 'waiting', failures: 5 })
    const late = step(live, EVENTS.closed, { ...env, now: NOW + 5_000 }).state
    expect(late).toMatchObject({ kind: 'waiting', failures: 1, retryAt: NOW + 5_500 })
  })
  it('counts a rate limit of the join on top, and waking does not cut that short', () => {
    const error = { kind: 'error', ...of, code: 'rate-limited', message: '', retryAfter: 7_000 } as const
    const { state, effects } = step(STATES.resuming, error, env)
    expect(state).toMatchObject({ kind: 'waiting', retryAt: NOW + 7_000 + 2_000, firm: true })
    expect(effects).toEqual([{ kind: 'drop', socket: 7 }])
    expect(step(state, EVENTS.shown, env).state).toBe(state)
  })
})

describe('[CM4] what closes a connection decides what follows', () => {
  const closed = (state: State, code: number): string | undefined =>
    outcome(state, { kind: 'closed', ...of, code })
  const live = STATES['live, ping due']
  it.each([
    [1000, 'waiting'],
    [1001, 'waiting'],
    [1006, 'waiting'],
    [1011, 'waiting'],
    [CLOSE.restart, 'waiting'],
    [CLOSE.policy, 'waiting'],
    [CLOSE.flood, 'waiting'],
    [CLOSE.slowReader, 'connecting, connect 8'],
    [CLOSE.tooLarge, 'connecting, connect 8'],
    [4403, 'fatal'],
    [4400, 'fatal'],
  ])('%i', (code, expected) => expect(closed(live, code)).toBe(expected))
  it('4408 before it was steady: with backoff, so that two who disagree do not spin', () => {
    expect(closed(STATES['live, not yet steady'], CLOSE.slowReader)).toBe('waiting')
  })
  it('a flood and a policy close are waited out for 30 s at least', () => {
    for (const code of [CLOSE.flood, CLOSE.policy]) {
      const { state } = step(live, { kind: 'closed', ...of, code }, env)
      expect(state).toMatchObject({ kind: 'waiting', firm: true, retryAt: NOW + 30_000 + 500 })
    }
  })
  it('4429 before the join asks why: a full room is told so', () => {
    expect(closed(STATES.resuming, CLOSE.flood)).toBe('waiting, diagnose')
  })
  it('the error that came just before says why, where its rule has this close code', () => {
    const banned = { kind: 'error', ...of, code: 'banned', message: 'Out.' } as const
    const warned = step(live, banned, env).state
    expect(warned.kind).toBe('live')
    expect(step(warned, { kind: 'closed', ...of, code: 4403 }, env).state).toMatchObject({
      kind: 'fatal',
      code: 'banned',
      message: 'Out.',
    })
    expect(step(warned, { kind: 'closed', ...of, code: 1006 }, env).state.kind).toBe('waiting')
  })
})

describe('[CM5] an error instead of a join does what the error table says', () => {
  const EXPECTED = { ask: 'refused', retry: 'waiting', fatal: 'fatal', drop: 'fatal' } as const
  const codes = [...Object.keys(ERRORS), 'from-another-version'] as (ErrorCode | 'from-another-version')[]
  it.each(codes.filter((code) => code !== 'not-joined' && code !== 'already-joined'))('%s', (code) => {
    const { state } = step(STATES.resuming, { kind: 'error', ...of, code, message: 'why' }, env)
    expect(state.kind).toBe(EXPECTED[ruleOf(code).remedy])
    if (state.kind === 'refused' || state.kind === 'fatal')
      expect(state).toMatchObject({ code, message: 'why' })
  })
  it.each(['not-joined', 'already-joined'])(
    '%s: the two disagree about this socket, another one is tried',
    (code) => {
      expect(outcome(STATES.resuming, { kind: 'error', ...of, code, message: '' })).toBe('waiting, drop')
    },
  )
  it.each(codes)('live, %s ends nothing unless the server has forgotten the join', (code) => {
    const next = outcome(STATES['live, ping due'], { kind: 'error', ...of, code, message: '' })
    expect(next).toBe(code === 'not-joined' ? 'connecting, drop, connect 8' : 'live')
  })
})

describe('[CM6] a diagnosis', () => {
  it.each([
    ['not-found', 'fatal'],
    ['forbidden', 'fatal'],
    ['banned', 'fatal'],
    ['locked', 'fatal'],
    ['room-full', 'fatal'],
    ['room-invalid', 'fatal'],
    ['rate-limited', 'waiting'],
    ['internal', 'waiting'],
  ])('%s: %s', (code, kind) => {
    const problem = { code, message: '' }
    expect(step(STATES.waiting, { kind: 'diagnosed', ...of, problem }, env).state.kind).toBe(kind)
  })
  it('without a problem changes nothing', () => {
    expect(step(STATES.waiting, { kind: 'diagnosed', ...of }, env).state).toBe(STATES.waiting)
  })
})

/** Lives through time: `tick`s come when they are due, other events when the script says. */
function live(script: { at: number; event: Event; cursor?: number }[], until: number, lateMs = 0) {
  let state: State = step(STATES.resuming, EVENTS.joined, { ...env, now: 0 }).state
  let cursor = 10
  const trace: string[] = []
  const take = (now: number, event: Event): void => {
    const next = step(state, event, { now, random: 0.5, cursor, lateMs })
    state = next.state
    for (const { kind } of next.effects) trace.push(`${now} ${kind}`)
  }
  const todo = [...script]
  for (let now = 0; now <= until; now += 100) {
    while (todo[0] !== undefined && todo[0].at <= now) {
      cursor = todo[0].cursor ?? cursor
      take(now, todo[0].event)
      todo.shift()
    }
    const due = deadline(state)
    if (due !== undefined && due <= now) take(now, EVENTS.tick)
  }
  return { trace, state }
}

describe('[CM7] heartbeat', () => {
  it('pings every 20 s as long as it is answered', () => {
    const answers = [20_100, 40_100, 60_100].map((at) => ({ at, event: { kind: 'heard', ...of } as const }))
    expect(live(answers, 65_000).trace).toEqual(['20000 ping', '40000 ping', '60000 ping'])
  })
  it('gives up a socket that says nothing within 10 s of a ping, so within 30 s of its last word', () => {
    expect(live([{ at: 19_900, event: EVENTS.heard }], 31_000).trace).toEqual([
      '20000 ping',
      '30000 drop',
      '30000 connect',
    ])
  })
  it('takes any word for an answer', () => {
    expect(live([{ at: 29_900, event: EVENTS.heard }], 39_000).trace).toEqual(['20000 ping'])
  })
  it('pings at once when the page is shown again, and then waits only 5 s', () => {
    expect(live([{ at: 3_000, event: EVENTS.shown }], 8_500).trace).toEqual([
      '3000 ping',
      '8000 drop',
      '8000 connect',
    ])
  })
  it('is not put off by being shown again and again', () => {
    const shown = [3_000, 5_000, 7_000].map((at) => ({ at, event: EVENTS.shown }))
    expect(live(shown, 8_500).trace).toEqual([
      '3000 ping',
      '5000 ping',
      '7000 ping',
      '8000 drop',
      '8000 connect',
    ])
  })
})

describe('[CM8] lost tail', () => {
  const pong = (at: number, seq: number) => ({ at, event: { kind: 'pong', ...of, seq } as const })
  it('what a pong tells of and is not there 2 s later is fetched by a resume', () => {
    expect(live([pong(6_000, 11)], 9_000).trace).toEqual(['8000 drop', '8000 connect'])
  })
  it('nothing happens where it came in time, or was there before', () => {
    expect(live([pong(6_000, 11), { at: 7_900, event: EVENTS.heard, cursor: 11 }], 9_000).trace).toEqual([])
    expect(live([pong(6_000, 10)], 9_000).trace).toEqual([])
  })
  it('waits on while what is missing is coming in', () => {
    const coming = [1, 2, 3].map((n) => ({ at: 6_000 + n * 1_500, event: EVENTS.heard, cursor: 10 + n }))
    expect(live([pong(6_000, 13), ...coming], 12_000).trace).toEqual([])
    expect(live([pong(6_000, 14), ...coming], 14_000).trace).toEqual(['14000 drop', '14000 connect'])
  })
  it('is not put off by another pong, and forgotten once it has come', () => {
    expect(live([pong(6_000, 11), pong(7_900, 11)], 9_000).trace).toEqual(['8000 drop', '8000 connect'])
    const state = { ...STATES['live, silent'], deadAt: NOW + 1 }
    const owing = step(state, { kind: 'pong', ...of, seq: 11 }, env).state
    expect(owing).toMatchObject({ owed: { seq: 11, cursor: 10, at: NOW + 2_000 } })
    expect(step(owing, { kind: 'pong', ...of, seq: 11 }, { ...env, cursor: 11 }).state).toEqual(state)
  })
  it('allows for what a watcher is told late', () => {
    expect(live([pong(6_000, 11)], 14_000, 5_000).trace).toEqual(['13000 drop', '13000 connect'])
  })
  it('what a join announced and nothing began to bring within 10 s is asked for again', () => {
    const joined = step(STATES.resuming, { ...EVENTS.joined, seq: 12 }, env).state
    expect(deadline(joined)).toBe(NOW + 10_000)
    expect(step(joined, EVENTS.tick, { ...env, now: NOW + 10_000 }).effects).toMatchObject([
      { kind: 'drop' },
      { kind: 'connect' },
    ])
  })
})

describe('[CM9] names', () => {
  it('one chosen without a network waits for it', () => {
    const offline = step(STATES.refused, EVENTS.offline, env).state
    expect(outcome(offline, EVENTS.rename)).toBe('offline')
    expect(outcome(step(offline, EVENTS.online, env).state, EVENTS.rename)).toBe('connecting, connect 8')
  })
  it('a join has 10 s to be answered', () => {
    expect(deadline(step(STATES.connecting, EVENTS.opened, env).state)).toBe(NOW + 10_000)
  })
  it('a name chosen while the join is under way is asked for once it is through', () => {
    const renamed = step(STATES.resuming, EVENTS.rename, env).state
    expect(step(renamed, EVENTS.joined, env).effects).toEqual([{ kind: 'rename', socket: 7 }])
  })
  it('a refused name goes on with another one, on the same socket while that is open', () => {
    expect(outcome(STATES.refused, EVENTS.rename)).toBe('resuming, join')
  })
})

const anyEvent: fc.Arbitrary<{ event: Event; socket: number; wait: number; cursor: number; random: number }> =
  fc.record({
    event: fc.oneof(
      fc.constantFrom(...Object.values(EVENTS).filter(({ kind }) => kind !== 'close')),
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

it('[CM10] whatever happens: one socket at a time, numbers only grow, and something is always going to happen', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      let state: State = START
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
          ['connecting', 'resuming', 'live'].includes(state.kind) || (state.kind === 'refused' && state.open)
        expect(open !== undefined).toBe(has)
      }
    }),
    { numRuns: 2_000 },
  )
})
