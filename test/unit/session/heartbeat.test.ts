import { describe, expect, it } from 'vitest'
import {
  type ConnectionEvent,
  type ConnectionState,
  deadline,
  step,
} from '../../../client/session/machine.ts'
import { env, ofSocket, SAMPLE_EVENTS, SAMPLE_NOW, SAMPLE_STATES } from './machine-fixtures.ts'

/** Lives through time: `tick`s come when they are due, other events when the script says. */
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
  it('pings every 20 s as long as it is answered', () => {
    const answers = [20_100, 40_100, 60_100].map((at) => ({
      at,
      event: { kind: 'received', ...ofSocket } as const,
    }))
    expect(live(answers, 65_000).trace).toEqual(['20000 ping', '40000 ping', '60000 ping'])
  })
  it('gives up a socket that says nothing within 10 s of a ping, so within 30 s of its last word', () => {
    expect(live([{ at: 19_900, event: SAMPLE_EVENTS.received }], 31_000).trace).toEqual([
      '20000 ping',
      '30000 drop',
      '30000 connect',
    ])
  })
  it('takes any word for an answer', () => {
    expect(live([{ at: 29_900, event: SAMPLE_EVENTS.received }], 39_000).trace).toEqual(['20000 ping'])
  })
  it('pings at once when the page is shown again, and then waits only 5 s', () => {
    expect(live([{ at: 3_000, event: SAMPLE_EVENTS.shown }], 8_500).trace).toEqual([
      '3000 ping',
      '8000 drop',
      '8000 connect',
    ])
  })
  it('is not put off by being shown again and again', () => {
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

describe('[CM12] a ping that is under way', () => {
  const asked = { ...SAMPLE_STATES['live, silent'], deadAt: SAMPLE_NOW + 1 }
  it('is waited for, whatever else is due', () => {
    const expected = { seq: 10, cursor: 9, checkAt: SAMPLE_NOW }
    expect(step({ ...asked, expected }, SAMPLE_EVENTS.tick, env)).toEqual({ state: asked, effects: [] })
    expect(step({ ...asked, pingAt: SAMPLE_NOW }, SAMPLE_EVENTS.tick, env)).toEqual({
      state: { ...asked, pingAt: SAMPLE_NOW + 20_000 },
      effects: [{ kind: 'ping', socket: 7 }],
    })
  })
  it('proves nothing where its time passed while the machine slept', () => {
    for (const deadAt of [SAMPLE_NOW - 1, SAMPLE_NOW]) {
      const woken = step({ ...asked, deadAt }, SAMPLE_EVENTS.shown, env).state
      expect(woken).toMatchObject({ kind: 'live', deadAt: SAMPLE_NOW + 5_000 })
    }
  })
  it('decides before one that comes later', () => {
    expect(step({ ...asked, deadAt: SAMPLE_NOW + 4_999 }, SAMPLE_EVENTS.shown, env).state).toMatchObject({
      deadAt: SAMPLE_NOW + 4_999,
    })
  })
})

describe('[CM8] lost tail', () => {
  const pong = (at: number, seq: number) => ({ at, event: { kind: 'pong', ...ofSocket, seq } as const })
  it('what a pong tells of and is not there 2 s later is fetched by a resume', () => {
    expect(live([pong(6_000, 11)], 9_000).trace).toEqual(['8000 drop', '8000 connect'])
  })
  it('nothing happens where it came in time, or was there before', () => {
    expect(
      live([pong(6_000, 11), { at: 7_900, event: SAMPLE_EVENTS.received, cursor: 11 }], 9_000).trace,
    ).toEqual([])
    expect(live([pong(6_000, 10)], 9_000).trace).toEqual([])
  })
  it('waits on while what is missing is coming in', () => {
    const coming = [1, 2, 3].map((n) => ({
      at: 6_000 + n * 1_500,
      event: SAMPLE_EVENTS.received,
      cursor: 10 + n,
    }))
    expect(live([pong(6_000, 13), ...coming], 12_000).trace).toEqual([])
    expect(live([pong(6_000, 14), ...coming], 14_000).trace).toEqual(['14000 drop', '14000 connect'])
  })
  it('is not put off by another pong, and forgotten once it has come', () => {
    expect(live([pong(6_000, 11), pong(7_900, 11)], 9_000).trace).toEqual(['8000 drop', '8000 connect'])
    const state = { ...SAMPLE_STATES['live, silent'], deadAt: SAMPLE_NOW + 1 }
    const expecting = step(state, { kind: 'pong', ...ofSocket, seq: 11 }, env).state
    expect(expecting).toMatchObject({ expected: { seq: 11, cursor: 10, checkAt: SAMPLE_NOW + 2_000 } })
    expect(step(expecting, { kind: 'pong', ...ofSocket, seq: 11 }, { ...env, cursor: 11 }).state).toEqual(
      state,
    )
  })
  it('allows for what a watcher is told late', () => {
    expect(live([pong(6_000, 11)], 14_000, 5_000).trace).toEqual(['13000 drop', '13000 connect'])
    const coming = { at: 12_000, event: SAMPLE_EVENTS.received, cursor: 11 }
    expect(live([pong(6_000, 12), coming], 21_000, 5_000).trace).toEqual(['20000 drop', '20000 connect'])
  })
  it('is not looked for before its time, though something else is due', () => {
    const expected = { seq: 11, cursor: 10, checkAt: SAMPLE_NOW + 1 }
    const state = { ...SAMPLE_STATES['live, ping due'], expected }
    expect(step(state, SAMPLE_EVENTS.tick, env).effects).toEqual([{ kind: 'ping', socket: 7 }])
  })
  it('what a join announced and nothing began to bring within 10 s is asked for again', () => {
    const joined = step(SAMPLE_STATES.resuming, { ...SAMPLE_EVENTS.joined, seq: 12 }, env).state
    expect(deadline(joined)).toBe(SAMPLE_NOW + 10_000)
    expect(step(joined, SAMPLE_EVENTS.tick, { ...env, now: SAMPLE_NOW + 10_000 }).effects).toMatchObject([
      { kind: 'drop' },
      { kind: 'connect' },
    ])
  })
})
