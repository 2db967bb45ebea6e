import { describe, expect, it } from 'vitest'
import { CLOSE } from '../../../src/protocol/error-rules.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { Connection } from '../../../src/room/state/connection.ts'
import { TestRoom, Told } from './test-room.ts'

const PAYER = 'office/floor/desk'

/** A room in which everyone comes from one network, and each arrival brings ten units. */
class PaidRoom extends TestRoom {
  come(by: string, units = 10): { who: Connection; unspent: number } {
    const who = this.open(by, { payer: PAYER })
    return { who, unspent: this.core.bring(who, units, 0) }
  }

  /** Says a number of things at once. */
  say(from: Connection, times: number): Told {
    return this.turn(...Array.from({ length: times }, (_, n) => say(from, `${n}`)))
  }

  answer(units: number, retryAfter = 0): Told {
    return new Told(this.core.leased(PAYER, { units, retryAfter }, this.now))
  }

  credit(): number {
    const credits = [...this.core.connections].map(({ credit }) => credit).filter((one) => one !== undefined)
    if (credits.length > 1) throw new Error('Several connections carry the same credit')
    return credits[0] ?? 0
  }
}

const say = (from: Connection, id: string): [Connection, string, object] => [
  from,
  'updateChat',
  { body: 'x', id },
]
const count = (told: Told, to: Connection, event: string) =>
  told.events(to).filter((one) => one === event).length

/** A room that has begun, with someone of another network in it. */
function begun(): { room: PaidRoom; ben: Connection } {
  const room = new PaidRoom()
  return { room, ben: room.enter('ben') }
}

describe('the account of a network', () => {
  it('[PU20] pays for the deletion of a change as it is sent, where the room has a retention', () => {
    const room = new PaidRoom()
    room.core.make({ kind: 'open', owner: 's-host' }, room.now)
    room.enter('host')
    const { who: ann } = room.come('ann', 100)
    room.join(ann)
    const cost = () => {
      const before = room.credit()
      room.turn(...Array.from({ length: 10 }, () => say(ann, `at ${room.now++}`)))
      return before - room.credit()
    }
    const kept = cost()
    expect(room.ask('host', { kind: 'set', change: { retention: '7d' } })).toBe('ok')
    expect(cost()).toBeGreaterThanOrEqual(kept + 10)
  })

  it('[PU38] pays for an edit twice there: its text goes with its message, and the edit itself later', () => {
    const room = new PaidRoom()
    room.core.make({ kind: 'open', owner: 's-host' }, room.now)
    room.enter('host')
    const { who: ann } = room.come('ann', 100)
    room.join(ann)
    room.turn(say(ann, 'mine'))
    const cost = () => {
      const before = room.credit()
      for (let n = 0; n < 10; n++) room.send(ann, 'editChat', { ref: 1, body: `at ${room.now++}` })
      return before - room.credit()
    }
    const kept = cost()
    expect(room.ask('host', { kind: 'set', change: { retention: '7d' } })).toBe('ok')
    expect(cost()).toBeGreaterThanOrEqual(kept + 20)
  })

  it('[PU1] pays for what a frame writes, and the frames it cannot pay wait for the budget', () => {
    const { room, ben } = begun()
    const { who: ann } = room.come('ann')
    room.join(ann)
    const told = room.say(ann, 20)
    const stored = count(told, ben, 'updateChat')
    expect(stored).toBeGreaterThanOrEqual(5)
    expect(stored).toBeLessThan(10)
    expect(told.outcome.leases).toEqual([{ payer: PAYER, want: expect.any(Number) }])
    expect(told.events(ann)).not.toContain('error')
    const after = room.answer(told.outcome.leases[0]?.want ?? 0)
    expect(count(after, ben, 'updateChat')).toBe(20 - stored)
    expect([after.outcome.leases, room.core.record?.seq]).toEqual([[], 20])
  })

  it('[PU2] asks once, however many frames wait, and keeps their order', () => {
    const { room, ben } = begun()
    const { who: ann } = room.come('ann')
    room.join(ann)
    expect(room.say(ann, 20).outcome.leases).toHaveLength(1)
    const later = room.turn([ann, 'updateChat', { body: 'last', id: 'last' }])
    expect([later.outcome.leases, later.to(ben)]).toEqual([[], []])
    const bodies = room
      .answer(100)
      .to(ben)
      .map(({ data }) => Reflect.get(Object(data), 'body'))
    expect(bodies.at(-1)).toBe('last')
  })

  it('[PU12] asks for more each time, so that a busy network asks seldom', () => {
    const { room, ben } = begun()
    const { who: ann } = room.come('ann')
    room.join(ann)
    let asked = 0
    for (let n = 0; n < 1_000; n++) {
      const [lease] = room.turn(say(ann, `${n}`)).outcome.leases
      if (lease === undefined) continue
      asked += 1
      room.answer(Math.max(lease.want, 30))
    }
    expect([room.core.record?.seq, ben.credit]).toEqual([1_000, undefined])
    expect(asked).toBeLessThanOrEqual(7)
  })

  it('[PU3] that the budget fills no more has frames refused until tomorrow, and goes on hearing', () => {
    const { room, ben } = begun()
    const { who: ann } = room.come('ann')
    room.join(ann)
    const waits = room.say(ann, 20)
    const seq = room.core.record?.seq
    const told = room.answer(0, 60_000)
    expect(told.to(ann).at(-1)).toMatchObject({
      event: 'error',
      data: { code: 'rate-limited', id: '19', retryAfter: 60_000 },
    })
    expect([room.core.record?.seq, told.outcome.leases, waits.closed(ann)]).toEqual([seq, [], undefined])
    expect(room.send(ben, 'updateChat', { body: 'still there?' }).events(ann)).toEqual(['updateChat'])
    room.now += 60_001
    expect(room.say(ann, 1).outcome.leases).toHaveLength(1)
  })

  it('[PU4] does not pay for refusals without end: a socket that does not stop is closed', () => {
    const { room } = begun()
    const { who: ann } = room.come('ann')
    room.join(ann)
    room.say(ann, 20)
    room.answer(0, 60_000_000)
    let refused = 0
    for (; room.core.connections.has(ann); refused++) {
      const told = room.say(ann, 1)
      if (refused > 1_000) expect.unreachable('it may go on for ever')
      if (told.closed(ann)) expect(told.closed(ann)).toEqual({ code: CLOSE.flood, reason: 'rate-limited' })
      room.now += 1_000
    }
    expect(refused).toBeGreaterThan(3)
  })

  it('[PU5] takes from later arrivals only what it lacks', () => {
    const { room } = begun()
    const { who: ann, unspent } = room.come('ann')
    expect(unspent).toBe(0)
    expect(room.come('cleo').unspent).toBeCloseTo(9.99, 5)
    room.join(ann)
    room.say(ann, 5)
    expect(room.come('dan').unspent).toBeLessThan(4)
    expect(room.credit()).toBeCloseTo(9.99, 5)
  })

  it('[PU6] survives the sleep of the room, and the leave of the connection that carries it', () => {
    const { room } = begun()
    const { who: ann } = room.come('ann')
    const { who: cleo } = room.come('cleo')
    for (const who of [ann, cleo]) room.join(who)
    room.say(ann, 3)
    room.wait(5_000)
    const credit = room.credit()
    room.sleep()
    expect(room.credit()).toBe(credit)
    room.leave(ann)
    expect(cleo.credit).toBeGreaterThan(0)
    expect(room.credit()).toBeLessThan(credit)
  })

  it('[PU7] pays for the time that a leave keeps the room awake, once for all who leave', () => {
    const { room } = begun()
    const visits = ['ann', 'cleo', 'dan'].map((by) => room.come(by, 30).who)
    for (const who of visits) room.join(who)
    room.wait(5_000)
    const before = room.credit()
    const [ann, cleo] = visits
    if (ann) room.leave(ann)
    const one = before - room.credit()
    expect(one).toBeCloseTo(LIMITS.leaveGraceMs / 1_000, 1)
    if (cleo) room.leave(cleo)
    expect(before - room.credit()).toBeLessThan(one + 0.1)
  })

  it('[PU8] pays for a resume before it is read', () => {
    const { room, ben } = begun()
    for (let n = 0; n < 2_000; n++) room.send(ben, 'updateChat', { body: 'x' })
    const { epoch } = room.core.record ?? {}
    const { who: ann } = room.come('ann')
    const read = room.sql.rowsRead
    const told = room.join(ann, { after: 0, epoch })
    expect([told.events(ann), told.outcome.leases]).toEqual([
      [],
      [{ payer: PAYER, want: expect.any(Number) }],
    ])
    expect(told.outcome.leases[0]?.want).toBeGreaterThan(30)
    expect(room.sql.rowsRead - read).toBeLessThan(10)
    expect(room.answer(told.outcome.leases[0]?.want ?? 0).the(ann, 'joined')).toMatchObject({ resumed: true })
  })

  it('[PU9] pays for the tables of a new room before they are made', () => {
    const room = new PaidRoom()
    const { who: ann } = room.come('ann')
    expect(room.join(ann).outcome.leases).toHaveLength(1)
    expect(room.core.record).toBeUndefined()
    expect(room.answer(50).events(ann)).toContain('joined')
  })

  it('[PU10] is only for people whose network is known', () => {
    const { room, ben } = begun()
    const told = room.say(ben, 100)
    expect([told.outcome.leases, room.core.record?.seq]).toEqual([[], 100])
  })

  it('[PU11] nobody waits for the return of someone whom nobody is left to miss', () => {
    const { room, ben } = begun()
    const { who: ann } = room.come('ann')
    room.join(ann)
    room.wait(5_000)
    room.leave(ben)
    expect(room.core.nextDue()).toBe(room.now + LIMITS.leaveGraceMs)
    room.leave(ann)
    expect([room.core.nextDue(), room.core.online]).toEqual([undefined, 0])
  })
})
