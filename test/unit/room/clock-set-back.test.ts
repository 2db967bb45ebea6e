import { describe, expect, it } from 'vitest'
import { LogSampler } from '../../../src/platform/billing/log-sampler.ts'
import { emptyCounts } from '../../../src/platform/billing/usage.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { takeToken } from '../../../src/room/model/token-bucket.ts'
import { isOver, notBefore } from '../../../src/room/model/waits.ts'
import { type Connection, newConnection } from '../../../src/room/state/connection.ts'
import { CreditAccounts } from '../../../src/room/state/credit-accounts.ts'
import { RateLimiter } from '../../../src/room/state/rate-limiter.ts'
import { TestRoom, Told } from './test-room.ts'

const HOURS = 5 * 60 * 60 * 1_000
const DAY_MS = 24 * 60 * 60 * 1_000

/** The clock is set back. A timer that was set before runs all the same, in its own time. */
function setBack(room: TestRoom, ms = HOURS): Told {
  room.now -= ms
  return new Told(room.core.wake(room.now))
}

/** Long after its clock began. */
function at(room: TestRoom): TestRoom {
  room.now = 10 * DAY_MS
  return room
}

function answerTo(told: Told, to: Connection): string | undefined {
  return told.events(to).find((event) => event === 'ack' || event === 'error')
}

it('[SB1] a wait is over at its end, or where its end is further away than it ever was', () => {
  const at = (now: number) => [isOver(1_000, now, 100), notBefore(900, 100, now)]
  expect([at(999), at(1_000), at(901), at(900), at(899)]).toEqual([
    [false, 1_000],
    [true, 1_000],
    [false, 1_000],
    [false, 1_000],
    [true, 899],
  ])
})

describe('in a room whose clock is set back by hours', () => {
  /** Ann and Ben, and a tab of Ben that watches. */
  function awake() {
    const room = at(new TestRoom())
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    const watching = room.open('ben')
    room.join(watching, { watch: true })
    room.wait(60_000)
    return { room, ann, ben, watching }
  }

  it('[SB2] what waits goes out with the timer that was set, or right after it: typing, joins, leaves, the roster and changes for watchers', () => {
    const { room, ann, ben, watching } = awake()
    const cleo = room.enter('cleo')
    room.send(ann, 'updateChat', { body: 'at once' })
    room.send(ann, 'updateChat', { body: 'gathered' })
    room.leave(cleo)
    room.join(room.open('dora'))
    room.send(ann, 'userTyping', { username: 'ann' })
    expect(room.core.nextDue()).toBeGreaterThan(room.now)
    expect(setBack(room).events(watching)).toContain('updateChat')
    const told = room.wait(LIMITS.ephemeralGatherMs)
    expect(told.events(ben)).toEqual(['userJoin', 'userLeave', 'userTyping', 'activeUsers'])
    expect(room.core.nextDue()).toBeUndefined()
  })

  it.each<[string, (room: TestRoom, ann: Connection, ben: Connection) => void]>([
    ['a change for watchers', (room, ann) => void room.send(ann, 'updateChat', { body: 'one' })],
    ['a join', (room) => void room.join(room.open('cleo'))],
    ['a leave', (room, _, ben) => void room.leave(ben)],
    ['typing', (room, ann) => void room.send(ann, 'userTyping', { username: 'ann' })],
    ['a report', (room) => void room.act('ben', { kind: 'report', what: { ref: 1, reason: 'x' } })],
  ])('[SB3] waits no longer than before afterwards: %s', (_, happens) => {
    const { room, ann, ben } = awake()
    for (let n = 0; n < 3; n++) room.send(ann, 'updateChat', { body: `${n}` })
    room.act('ben', { kind: 'report', what: { ref: 2, reason: 'x' } })
    room.send(ben, 'userTyping', { username: 'ben' })
    room.wait(60_000)
    setBack(room)
    happens(room, ann, ben)
    expect((room.core.nextDue() ?? room.now) - room.now).toBeLessThanOrEqual(LIMITS.leaveGraceMs)
    room.wait(10_000)
    expect(room.core.nextDue()).toBeUndefined()
  })

  it('[SB4] reports that wait are told at the next turn', () => {
    const { room, ann } = awake()
    for (let n = 0; n < 3; n++) room.send(room.enter(`p${n}`), 'updateChat', { body: `${n}` })
    room.act('ben', { kind: 'report', what: { ref: 1, reason: 'x' } })
    room.act('ben', { kind: 'report', what: { ref: 2, reason: 'x' } })
    expect(setBack(room).events(ann)).toContain('report')
  })

  it('[SB5] slow mode lets people speak, and slows them again from then on, also after a sleep', () => {
    for (const sleeps of [false, true]) {
      const { room, ben } = awake()
      room.ask('ann', { kind: 'set', change: { slowMs: 60_000 } })
      const say = () => answerTo(room.send(ben, 'updateChat', { body: 'x' }), ben)
      expect([say(), say()]).toEqual(['ack', 'error'])
      setBack(room)
      if (sleeps) room.sleep()
      expect([say(), say()]).toEqual(['ack', 'error'])
      room.wait(60_000)
      expect(say()).toBe('ack')
    }
  })

  it('[SB6] who has used up their frames may send again after the usual time', () => {
    const room = at(new TestRoom({ rate: { burst: 2, perSecond: 1 } }))
    const ann = room.enter('ann')
    room.wait(60_000)
    const say = () => answerTo(room.send(ann, 'updateChat', { body: 'x' }), ann)
    expect([say(), say(), say()]).toEqual(['ack', 'ack', 'error'])
    setBack(room)
    room.wait(1_000)
    expect([say(), say(), say()]).toEqual(['ack', 'ack', 'error'])
  })

  it('[SB7] no socket is taken for dead that lives, and one that is dead is found in the usual time', () => {
    const { room, ann, ben } = awake()
    const cleo = room.enter('cleo')
    const beat = (who: Connection) =>
      room.signs.set(who, { isOpen: true, heartbeat: room.now, frame: undefined })
    for (const who of [ann, ben, cleo]) beat(who)
    setBack(room)
    const here = () => [ann, ben, cleo].filter((who) => room.core.connections.has(who))
    room.send(ann, 'userTyping', { username: 'ann' })
    expect(here()).toEqual([ann, ben, cleo])
    for (let waited = 0; waited <= LIMITS.staleMs + LIMITS.staleLookMs; waited += 30_000) {
      room.wait(30_000)
      for (const who of [ann, ben]) beat(who)
      room.send(ann, 'userTyping', { username: 'ann' })
    }
    expect(here()).toEqual([ann, ben])
    setBack(room)
    for (let waited = 0; waited <= LIMITS.staleMs; waited += 30_000) {
      room.send(ann, 'userTyping', { username: 'ann' })
      expect(here()).toEqual([ann, ben])
      room.wait(30_000)
    }
  })

  it('[SB8] a closed socket is found at the next look, and who neither joins nor reads has the usual time', () => {
    const { room, ann, ben } = awake()
    const late = newConnection({ session: 's-late', by: 'late', origin: '', openedAt: room.now })
    room.core.open(late)
    setBack(room)
    room.die(ben)
    room.send(ann, 'userTyping', { username: 'ann' })
    expect([ben, late].map((who) => room.core.connections.has(who))).toEqual([false, true])
    room.wait(LIMITS.unjoinedMs - LIMITS.staleLookMs)
    room.send(ann, 'userTyping', { username: 'ann' })
    expect(room.core.connections.has(late)).toBe(true)
    room.wait(LIMITS.staleLookMs)
    room.send(ann, 'userTyping', { username: 'ann' })
    expect(room.core.connections.has(late)).toBe(false)
  })
})

describe('with a clock that is set back by hours', () => {
  it('[SB10] a bucket refills, and holds no more than before', () => {
    const rate = { burst: 2, perSecond: 1 }
    const empty = { tokens: 0, at: HOURS }
    expect(takeToken(empty, rate, HOURS - 500).retryAfter).toBe(500)
    expect(takeToken(empty, rate, 0)).toEqual({ bucket: { tokens: 1, at: 0 }, retryAfter: 0 })
  })

  it('[SB11] refusals of before are no flood, and people who may send everything again are forgotten', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 0.000_001 })
    const kinds = (now: number, times: number) =>
      Array.from({ length: times }, () => limiter.take('ann', now).kind)
    kinds(HOURS, LIMITS.floodRefusals)
    expect(kinds(0, 2)).toEqual(['refuse', 'refuse'])
  })

  it('[SB12] a network is told to wait for no more than a day, and pays for the time that it keeps a room awake', () => {
    const accounts = new CreditAccounts()
    const who = newConnection({ session: 's-ann', by: 'ann', origin: '', payer: 'net' })
    accounts.arrive(who, 1)
    const frame = { from: who, frame: 'x' }
    accounts.hold(frame, 9)
    accounts.leased('net', { units: 0, retryAfter: DAY_MS }, 10 * DAY_MS)
    expect(accounts.cover(who, 9, 10 * DAY_MS)).toEqual({ retryAfter: DAY_MS })
    expect(accounts.cover(who, 9, 10 * DAY_MS - HOURS)).toBe('waits')
    const credit = () => who.credit ?? 0
    accounts.settle(who)
    accounts.stayAwake(10 * DAY_MS + 1_000, 10 * DAY_MS)
    accounts.beginTurn()
    accounts.settle(who)
    const before = credit()
    accounts.stayAwake(9 * DAY_MS + 1_000, 9 * DAY_MS)
    expect(before - credit()).toBe(1)
  })

  it('[SB14] the counts of a busy room are logged', () => {
    const lines: unknown[] = []
    const { info } = console
    console.info = (line) => lines.push(line)
    try {
      const sampler = new LogSampler()
      for (const now of [HOURS, 0]) sampler.add({ ...emptyCounts(), turns: 100 }, 1, now)
    } finally {
      console.info = info
    }
    expect(lines).toHaveLength(2)
  })
})
