import { describe, expect, it } from 'vitest'
import {
  type ConnectionEvent,
  type ConnectionState,
  deadline,
  step,
} from '../../../client/session/machine.ts'
import { env, ofSocket, SAMPLE_EVENTS, SAMPLE_NOW, SAMPLE_STATES } from './machine-fixtures.ts'

/** Runs the live state through time: a `tick` comes when it is due, other events as scripted. */
function live(script: { at: number; event: ConnectionEvent; cursor?: number }[], until: number, lateMs = 0) {
  let state: ConnectionState = step(SAMPLE_STATES.resuming, SAMPLE_EVENTS.joined, { ...env, now: 0 }).state
  let cursor = 10
  const trace: string[] = []
  const take = (now: number, event: ConnectionEvent): void => {
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
    if (due !== undefined && due <= now) take(now, SAMPLE_EVENTS.tick)
  }
  return { trace, state }
}

describe('[CM7] heartbeat', () => {
  it('pings every 20 s while it gets answers', () => {
    const answers = [20_100, 40_100, 60_100].map((at) => ({
      at,
      event: { kind: 'received', ...ofSocket } as const,
    }))
    expect(live(answers, 65_000).trace).toEqual(['20000 ping', '40000 ping', '60000 ping'])
  })
  it('abandons a socket 10 s after an unanswered ping, so within 30 s of its last frame', () => {
    expect(live([{ at: 19_900, event: SAMPLE_EVENTS.received }], 31_000).trace).toEqual([
      '20000 ping',
      '30000 drop',
      '30000 connect',
    ])
  })
  it('accepts any frame as an answer', () => {
    expect(live([{ at: 29_900, event: SAMPLE_EVENTS.received }], 39_000).trace).toEqual(['20000 ping'])
  })
  it('pings at once when the page is shown, and then waits only 5 s', () => {
    expect(live([{ at: 3_000, event: SAMPLE_EVENTS.shown }], 8_500).trace).toEqual([
      '3000 ping',
      '8000 drop',
      '8000 connect',
    ])
  })
  it('does not postpone its deadline when the page is shown repeatedly', () => {
    const shown = [3_000, 5_000, 7_000].map((at) => ({ at, event: SAMPLE_EVENTS.shown }))
    expect(live(shown, 8_500).trace).toEqual([
      '3000 ping',
      '5000 ping',
      '7000 ping',
      '8000 drop',
      '8000 connect',
    ])
  })
})

describe('[CM12] an unanswered ping', () => {
  const asked = { ...SAMPLE_STATES['live, silent'], deadAt: SAMPLE_NOW + 1 }
  it('keeps its deadline, whatever else is due', () => {
    const expected = { seq: 10, cursor: 9, checkAt: SAMPLE_NOW }
    expect(step({ ...asked, expected }, SAMPLE_EVENTS.tick, env)).toEqual({ state: asked, effects: [] })
    expect(step({ ...asked, pingAt: SAMPLE_NOW }, SAMPLE_EVENTS.tick, env)).toEqual({
      state: { ...asked, pingAt: SAMPLE_NOW + 20_000 },
      effects: [{ kind: 'ping', socket: 7 }],
    })
  })
  it('proves nothing if its time passed while the device slept', () => {
    for (const deadAt of [SAMPLE_NOW - 1, SAMPLE_NOW]) {
      const woken = step({ ...asked, deadAt }, SAMPLE_EVENTS.shown, env).state
      expect(woken).toMatchObject({ kind: 'live', deadAt: SAMPLE_NOW + 5_000 })
    }
  })
  it('decides before a later ping', () => {
    expect(step({ ...asked, deadAt: SAMPLE_NOW + 4_999 }, SAMPLE_EVENTS.shown, env).state).toMatchObject({
      deadAt: SAMPLE_NOW + 4_999,
    })
  })
})

describe('[CM8] a lost tail', () => {
  const pong = (at: number, seq: number) => ({ at, event: { kind: 'pong', ...ofSocket, seq } as const })
  it('is fetched by a resume if a change that a pong announced is missing 2 s later', () => {
    expect(live([pong(6_000, 11)], 9_000).trace).toEqual(['8000 drop', '8000 connect'])
  })
  it('causes nothing if the change came in time or was there before', () => {
    expect(
      live([pong(6_000, 11), { at: 7_900, event: SAMPLE_EVENTS.received, cursor: 11 }], 9_000).trace,
    ).toEqual([])
    expect(live([pong(6_000, 10)], 9_000).trace).toEqual([])
  })
  it('waits while changes keep arriving', () => {
    const coming = [1, 2, 3].map((n) => ({
      at: 6_000 + n * 1_500,
      event: SAMPLE_EVENTS.received,
      cursor: 10 + n,
    }))
    expect(live([pong(6_000, 13), ...coming], 12_000).trace).toEqual([])
    expect(live([pong(6_000, 14), ...coming], 14_000).trace).toEqual(['14000 drop', '14000 connect'])
  })
  it('is not postponed by another pong, and forgotten once it arrived', () => {
    expect(live([pong(6_000, 11), pong(7_900, 11)], 9_000).trace).toEqual(['8000 drop', '8000 connect'])
    const state = { ...SAMPLE_STATES['live, silent'], deadAt: SAMPLE_NOW + 1 }
    const expecting = step(state, { kind: 'pong', ...ofSocket, seq: 11 }, env).state
    expect(expecting).toMatchObject({ expected: { seq: 11, cursor: 10, checkAt: SAMPLE_NOW + 2_000 } })
    expect(step(expecting, { kind: 'pong', ...ofSocket, seq: 11 }, { ...env, cursor: 11 }).state).toEqual(
      state,
    )
  })
  it('allows for the delay of a watcher', () => {
    expect(live([pong(6_000, 11)], 14_000, 5_000).trace).toEqual(['13000 drop', '13000 connect'])
    const coming = { at: 12_000, event: SAMPLE_EVENTS.received, cursor: 11 }
    expect(live([pong(6_000, 12), coming], 21_000, 5_000).trace).toEqual(['20000 drop', '20000 connect'])
  })
  it('is not checked early when something else is due', () => {
    const expected = { seq: 11, cursor: 10, checkAt: SAMPLE_NOW + 1 }
    const state = { ...SAMPLE_STATES['live, ping due'], expected }
    expect(step(state, SAMPLE_EVENTS.tick, env).effects).toEqual([{ kind: 'ping', socket: 7 }])
  })
  it('is asked for again if nothing that a join announced arrives within 10 s', () => {
    const joined = step(SAMPLE_STATES.resuming, { ...SAMPLE_EVENTS.joined, seq: 12 }, env).state
    expect(deadline(joined)).toBe(SAMPLE_NOW + 10_000)
    expect(step(joined, SAMPLE_EVENTS.tick, { ...env, now: SAMPLE_NOW + 10_000 }).effects).toMatchObject([
      { kind: 'drop' },
      { kind: 'connect' },
    ])
  })
})
