import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { Ambient, rosterEvent } from '../../../src/room/ambient.ts'
import { type Connection, countRead, countSent, newConnection } from '../../../src/room/connection.ts'
import { Presence } from '../../../src/room/presence.ts'
import { RateLimiter } from '../../../src/room/rate-limiter.ts'
import { pack, Turn } from '../../../src/room/turn.ts'
import { Watchers } from '../../../src/room/watchers.ts'

function person(by: string, more: Partial<Connection> = {}): Connection {
  const who = { session: `s-${by}`, by, origin: 'https://hallway.test' }
  return { ...newConnection(who), joined: true, username: by, ...more }
}

const ann = person('ann')
const ben = person('ben')
const everyone = [ann, ben]
const always = () => true

describe('what passes', () => {
  function told(ambient: Ambient, now: number, hasChanges = false) {
    const turn = new Turn()
    ambient.ride(turn, now, hasChanges, () => '"roster"')
    const heard = (to: Connection) =>
      turn
        .deliveries(everyone, 0, always)
        .filter((delivery) => delivery.to === to)
        .flatMap(({ frames }) => frames.flatMap((frame) => [JSON.parse(frame)].flat()))
    return [heard(ann), heard(ben)]
  }

  it('[P1] waits a tenth of a second for company, and goes with a change that goes before, and with nothing else', () => {
    const ambient = new Ambient(() => 2)
    expect(ambient.nextDue()).toBeUndefined()
    ambient.tell(1_000, '"ben came"', 'ben')
    ambient.tell(1_050, '"cleo came"')
    expect(ambient.nextDue()).toBe(1_100)
    expect(told(ambient, 1_060)).toEqual([[], []])
    expect(told(ambient, 1_060, true)).toEqual([['ben came', 'cleo came'], ['cleo came']])
    expect([ambient.nextDue(), told(ambient, 1_200)]).toEqual([undefined, [[], []]])
    ambient.tell(2_000, '"ben went"')
    ambient.rosterChanged(2_000)
    expect(told(ambient, 2_100)).toEqual([
      ['ben went', 'roster'],
      ['ben went', 'roster'],
    ])
    ambient.rosterChanged(2_150)
    ambient.tell(2_200, '"ben came"')
    expect(told(ambient, 2_299)).toEqual([[], []])
    expect(told(ambient, 2_300)).toEqual([['ben came'], ['ben came']])
  })

  it('[P2] of typing waits the whole time, goes to others once, and is over when it was said', () => {
    const ambient = new Ambient(() => 2)
    ambient.type(1_000, 'ann', '"ann types"')
    ambient.type(1_090, 'ann', '"ann types on"')
    ambient.type(1_090, 'ben', '"ben types"')
    ambient.said('ben')
    expect(ambient.nextDue()).toBe(1_100)
    expect(told(ambient, 1_099)).toEqual([[], []])
    expect(told(ambient, 1_100)).toEqual([[], ['ann types on']])
    expect([ambient.nextDue(), told(ambient, 2_000)]).toEqual([undefined, [[], []]])
  })

  it('[P24] of typing goes with no change, and what was said takes no other news with it', () => {
    const ambient = new Ambient(() => 2)
    ambient.type(1_000, 'ann', '"ann types"')
    expect(told(ambient, 1_050, true)).toEqual([[], []])
    ambient.said('ann')
    expect(ambient.nextDue()).toBeUndefined()
    ambient.tell(2_000, '"cleo came"')
    ambient.type(2_000, 'ann', '"ann types"')
    ambient.said('ann')
    expect(ambient.nextDue()).toBe(2_100)
  })

  it('[P3] a changed roster is told once, and the next one no sooner than a second later', () => {
    const ambient = new Ambient(() => 2)
    ambient.rosterChanged(1_000)
    ambient.rosterChanged(1_050)
    expect(ambient.nextDue()).toBe(1_100)
    expect(told(ambient, 1_099)).toEqual([[], []])
    expect(told(ambient, 1_100)).toEqual([['roster'], ['roster']])
    expect(ambient.nextDue()).toBeUndefined()
    ambient.rosterChanged(1_200)
    expect(ambient.nextDue()).toBe(2_100)
    expect(told(ambient, 2_099)).toEqual([[], []])
    ambient.tell(2_099, '"cleo came"')
    expect(told(ambient, 2_100)).toEqual([
      ['cleo came', 'roster'],
      ['cleo came', 'roster'],
    ])
    ambient.rosterChanged(9_000)
    expect(ambient.nextDue()).toBe(9_100)
  })

  it('[P4] typing does not wait for a roster that has to', () => {
    const ambient = new Ambient(() => 2)
    ambient.rosterChanged(1_000)
    told(ambient, 1_100)
    ambient.rosterChanged(1_150)
    ambient.type(1_200, 'ann', '"ann types"')
    expect(ambient.nextDue()).toBe(1_300)
    expect(told(ambient, 1_300)).toEqual([[], ['ann types']])
    expect(ambient.nextDue()).toBe(2_100)
  })

  it('[P24] among more than 200 it waits a second', () => {
    let people = 200
    const ambient = new Ambient(() => people)
    ambient.type(1_000, 'ann', '"ann types"')
    expect(ambient.nextDue()).toBe(1_100)
    told(ambient, 1_100)
    people = 201
    ambient.tell(2_000, '"ben came"', 'ben')
    ambient.type(2_500, 'ann', '"ann types"')
    expect(ambient.nextDue()).toBe(3_000)
    expect(told(ambient, 2_999)).toEqual([[], []])
    expect(told(ambient, 3_000)).toEqual([['ben came'], ['ann types']])
  })

  it('[P25] someone’s leaving waits a tenth of a second among any number, whatever waits already', () => {
    const ambient = new Ambient(() => 201)
    ambient.tell(1_000, '"ben came"')
    ambient.left(1_500, '"cleo left"')
    ambient.left(1_550, '"dora left"')
    expect(ambient.nextDue()).toBe(1_600)
    const news = ['ben came', 'cleo left', 'dora left']
    expect(told(ambient, 1_600)).toEqual([news, news])
  })

  it('[P5] the roster is names up to 200, and then a number', () => {
    expect(rosterEvent(200, () => ['ann'])).toBe('{"event":"activeUsers","data":["ann"]}')
    expect(rosterEvent(201, () => ['ann'])).toBe('{"event":"presence","data":{"count":201}}')
  })
})

describe('those who watch', () => {
  const change = (seq: number) => ({ seq, json: `${seq}` })

  it('[P6] hear of changes five seconds after the first, all together', () => {
    const watchers = new Watchers([ann, person('cleo', { watch: true })])
    watchers.enter(ben, 0)
    watchers.tell(1_000, [])
    expect(watchers.nextDue()).toBeUndefined()
    watchers.tell(1_000, [change(1)])
    watchers.tell(4_000, [change(2), change(3)])
    expect([watchers.nextDue(), watchers.take(5_999)]).toEqual([6_000, []])
    const taken = watchers.take(6_000)
    expect(taken.map(([to, changes]) => [to.by, changes])).toEqual([
      ['cleo', ['1', '2', '3']],
      ['ben', ['1', '2', '3']],
    ])
    expect([watchers.nextDue(), watchers.take(99_000)]).toEqual([undefined, []])
  })

  it('[P7] hear of nothing that they were told as they entered, nor after they left', () => {
    const watchers = new Watchers([])
    watchers.tell(1_000, [change(1)])
    expect(watchers.nextDue()).toBeUndefined()
    watchers.enter(ann, 1)
    watchers.enter(ben, 1)
    watchers.tell(1_000, [change(2)])
    watchers.leave(ann)
    watchers.enter(person('late'), 2)
    watchers.tell(1_000, [change(3)])
    const taken = watchers.take(6_000)
    expect(taken.map(([to, changes]) => [to.by, changes])).toEqual([
      ['ben', ['2', '3']],
      ['late', ['3']],
    ])
  })
})

describe('what a turn tells', () => {
  it('[P8] first what a joiner is owed, then what all hear, then answers', () => {
    const turn = new Turn()
    turn.answerAll(ann, ['"answer"'])
    turn.share('"shared"')
    turn.first(ann, ['"first"', '"of all"'])
    turn.answerAll(ann, ['"and another"'])
    turn.answerAll(ben, [])
    const deliveries = turn.deliveries(everyone, 0, always)
    expect(deliveries).toEqual([
      { to: ann, frames: ['"first"', '"of all"', '["shared","answer","and another"]'] },
      { to: ben, frames: ['"shared"'] },
    ])
  })

  it('[P9] is not for those who hear nothing but what is their own', () => {
    const turn = new Turn()
    turn.share('"shared"')
    turn.share('"by ann"', 'ann')
    turn.answerAll(ann, ['"answer"'])
    const deliveries = turn.deliveries([ann, ben], 0, () => false)
    expect(deliveries).toEqual([{ to: ann, frames: ['"answer"'] }])
  })

  it('[P10] a socket is closed once, for the first reason, after what it is owed', () => {
    const turn = new Turn()
    expect(turn.isClosing(ann)).toBe(false)
    turn.close(ann, 1008, 'first')
    turn.close(ann, 4403, 'second')
    turn.answerAll(ann, ['"sorry"'])
    expect([turn.isClosing(ann), turn.isClosing(ben)]).toEqual([true, false])
    expect(turn.deliveries(everyone, 0, always)).toEqual([
      { to: ann, frames: ['"sorry"'], close: { code: 1008, reason: 'first' } },
    ])
  })

  it('[P11] is counted in bytes of UTF-8, also where it is the same for all', () => {
    const [one, other] = [person('one'), person('other')]
    const turn = new Turn()
    turn.share('"€€"')
    turn.first(other, ['"ü"'])
    turn.deliveries([one, other], 0, always)
    expect([one.flow.unanswered, other.flow.unanswered]).toEqual([8, 12])
    new Turn().deliveries([one], 0, always)
    expect(one.flow.unanswered).toBe(8)
  })

  it('[P12] frames are filled up to 256 KiB, and one event more than that is one frame', () => {
    const event = (length: number) => JSON.stringify('x'.repeat(length - 2))
    const half = event(LIMITS.resumeFrameBytes / 2)
    expect(pack([half, half])).toEqual([`[${half},${half}]`])
    expect(pack([half, half, '1'])).toEqual([`[${half},${half}]`, '1'])
    const huge = event(LIMITS.resumeFrameBytes + 1)
    expect(pack(['1', huge, '2', '3'])).toEqual(['1', huge, '[2,3]'])
  })

  it('[P13] what is known of a reader who is asked or closed is put away with the socket', () => {
    const slow = person('slow')
    const send = (bytes: number) => {
      const turn = new Turn()
      turn.share(JSON.stringify('x'.repeat(bytes - 2)))
      const deliveries = turn.deliveries([slow], 9, always)
      return {
        touched: turn.touched.has(slow),
        frames: deliveries[0]?.frames.length,
        close: deliveries[0]?.close,
      }
    }
    expect(send(LIMITS.syncEveryBytes - 1)).toEqual({ touched: false, frames: 1, close: undefined })
    expect(send(2)).toEqual({ touched: true, frames: 2, close: undefined })
    expect(send(LIMITS.syncUnansweredBytes)).toMatchObject({
      touched: true,
      frames: 0,
      close: { code: 4408 },
    })
  })
})

describe('flow control', () => {
  const MiB = 1024 * 1024

  it('[P14] asks at 512 KiB since it last asked, and closes past 4 MiB, not at it', () => {
    const reader = person('reader')
    expect(countSent(reader, LIMITS.syncEveryBytes - 1)).toBe('fine')
    expect(countSent(reader, 1)).toBe('ask')
    expect(countSent(reader, LIMITS.syncEveryBytes - 1)).toBe('fine')
    expect(countSent(reader, 1)).toBe('ask')
    expect(countSent(reader, 3 * MiB)).toBe('ask')
    expect(countSent(reader, 1)).toBe('close')
  })

  it('[P15] an answer counts for what its question stood for, and one that nobody asked for does not', () => {
    const reader = person('reader')
    countSent(reader, MiB)
    countSent(reader, 2 * MiB)
    countSent(reader, 5)
    countRead(reader)
    expect(reader.flow).toMatchObject({ unanswered: 2 * MiB + 5, asks: [2 * MiB], sinceAsk: 5 })
    countRead(reader)
    countRead(reader)
    expect(reader.flow).toMatchObject({ unanswered: 5, asks: [], sinceAsk: 5 })
  })

  it('[P16] what a join was sent at once is allowed on top, until it is read', () => {
    const reader = person('reader')
    reader.flow.allowance = 3 * MiB
    expect(countSent(reader, 7 * MiB)).toBe('ask')
    expect(countSent(reader, 1)).toBe('close')
  })

  it('[P16] and that allowance shrinks to what is still unread of it', () => {
    const reader = person('reader')
    reader.flow.allowance = 2 * MiB
    countSent(reader, MiB)
    countSent(reader, MiB)
    countSent(reader, MiB)
    countRead(reader)
    expect(reader.flow).toMatchObject({ unanswered: 2 * MiB, allowance: 2 * MiB })
    countRead(reader)
    expect(reader.flow).toMatchObject({ unanswered: MiB, allowance: MiB })
  })
})

describe('presence', () => {
  it('[P17] is of those who have joined and do more than watch', () => {
    const presence = new Presence([
      ann,
      person('outside', { joined: false }),
      person('watching', { watch: true }),
    ])
    expect([presence.count, presence.has('ann'), presence.has('watching')]).toEqual([1, true, false])
  })

  it('[P18] samples 200 names, and counts all', () => {
    const presence = new Presence(Array.from({ length: 201 }, (_, n) => person(`p${n}`)))
    expect([presence.count, presence.names()]).toEqual([201, Array.from({ length: 200 }, (_, n) => `p${n}`)])
  })

  it('[P19] ends for each when their own grace is over, and at once for one who had vanished before', () => {
    const presence = new Presence([ann, ben, person('cleo')])
    presence.depart(ann, 1_000)
    presence.depart(ben, 3_000)
    expect(presence.nextExpiry()).toBe(5_000)
    expect(presence.expire(5_000).map(({ by }) => by)).toEqual(['ann'])
    expect(presence.nextExpiry()).toBe(7_000)
    presence.vanish(person('cleo'))
    expect(presence.expire(0).map(({ by }) => by)).toEqual(['cleo'])
    presence.depart(person('nobody'), 0)
    presence.vanish(person('nobody'))
    presence.rename('nobody', 'Nobody')
    presence.rename('ben', 'Benny')
    expect(presence.expire(7_000)).toEqual([{ by: 'ben', username: 'Benny' }])
    expect([presence.count, presence.nextExpiry()]).toEqual([0, undefined])
  })
})

describe('the rate of a person', () => {
  const rate = { burst: 2, perSecond: 1 }

  it('[P21] is a flood at a hundred refusals within a second, counted anew after it', () => {
    const limiter = new RateLimiter(rate)
    const take = (now: number, times: number) =>
      Array.from({ length: times }, () => limiter.take('ann', now).kind).filter((kind) => kind !== 'pass')
    expect(take(0, 101)).toEqual(Array.from({ length: 99 }, () => 'refuse'))
    expect(take(1_000, 2)).toEqual(['flood'])
    const later = new RateLimiter({ burst: 1, perSecond: 0.001 })
    const kinds = (now: number, times: number) =>
      Array.from({ length: times }, () => later.take('ann', now).kind)
    expect(kinds(0, 100)).not.toContain('flood')
    expect(kinds(1_001, 99)).not.toContain('flood')
    expect(kinds(2_001, 1)).toEqual(['flood'])
    expect(kinds(2_002, 1)).toEqual(['refuse'])
  })

  it('[P22] may be charged for more than one frame, and for no more than a burst', () => {
    const limiter = new RateLimiter(rate)
    expect(limiter.take('ann', 0, 0)).toEqual({ kind: 'pass' })
    expect(limiter.take('ann', 0, 9)).toEqual({ kind: 'pass' })
    expect(limiter.take('ann', 0, 0)).toEqual({ kind: 'pass' })
    expect(limiter.take('ann', 0, 9)).toEqual({ kind: 'refuse', retryAfter: 2_000 })
  })

  it('[P23] is forgotten only of those who may send a burst again, when there are very many', () => {
    const limiter = new RateLimiter(rate)
    limiter.take('full again', 0, 2)
    for (let n = 0; n < 1_999; n += 1) limiter.take(`p${n}`, 2_000)
    limiter.take('one more', 2_001)
    expect(limiter.take('full again', 2_001, 2).kind).toBe('pass')
    expect(limiter.take('p0', 2_001, 2).kind).toBe('refuse')
  })
})
