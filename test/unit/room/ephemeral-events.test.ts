import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { Connection } from '../../../src/room/state/connection.ts'
import { EphemeralEvents, rosterEvent } from '../../../src/room/state/ephemeral-events.ts'
import { Outgoing } from '../../../src/room/state/outgoing.ts'
import { Presence } from '../../../src/room/state/presence.ts'
import { Watchers } from '../../../src/room/state/watchers.ts'
import { person } from './person.ts'

const ann = person('ann')
const ben = person('ben')
const everyone = new Set([ann, ben])
const always = () => true

describe('ephemeral events', () => {
  function told(events: EphemeralEvents, now: number, hasChanges = false) {
    const turn = new Outgoing()
    events.sendDue(turn, now, hasChanges, () => '"roster"')
    const heard = (to: Connection) =>
      turn
        .deliveries(everyone, 0, always)
        .filter((delivery) => delivery.to === to)
        .flatMap(({ frames }) => frames.flatMap((frame) => [JSON.parse(frame)].flat()))
    return [heard(ann), heard(ben)]
  }

  it('[P1] wait a tenth of a second to be batched, or go with an earlier change, but cause no other frame', () => {
    const events = new EphemeralEvents(() => 2)
    expect(events.nextDue()).toBeUndefined()
    events.tell(1_000, '"ben came"')
    events.enter(ben)
    events.tell(1_050, '"cleo came"')
    expect(events.nextDue()).toBe(1_100)
    expect(told(events, 1_060)).toEqual([[], []])
    expect(told(events, 1_060, true)).toEqual([['ben came', 'cleo came'], ['cleo came']])
    expect([events.nextDue(), told(events, 1_200)]).toEqual([undefined, [[], []]])
    events.tell(2_000, '"ben went"')
    events.rosterChanged(2_000)
    expect(told(events, 2_100)).toEqual([
      ['ben went', 'roster'],
      ['ben went', 'roster'],
    ])
    events.rosterChanged(2_150)
    events.tell(2_200, '"ben came"')
    expect(told(events, 2_299)).toEqual([[], []])
    expect(told(events, 2_300)).toEqual([['ben came'], ['ben came']])
  })

  it('[P2] typing always waits, goes once to the others, and is dropped when the message is sent', () => {
    const events = new EphemeralEvents(() => 2)
    events.type(1_000, 'ann', '"ann types"')
    events.type(1_090, 'ann', '"ann types on"')
    events.type(1_090, 'ben', '"ben types"')
    events.stopTyping('ben')
    expect(events.nextDue()).toBe(1_100)
    expect(told(events, 1_099)).toEqual([[], []])
    expect(told(events, 1_100)).toEqual([[], ['ann types on']])
    expect([events.nextDue(), told(events, 2_000)]).toEqual([undefined, [[], []]])
  })

  it('[P24] typing does not go with a change, and dropping it drops no other event', () => {
    const events = new EphemeralEvents(() => 2)
    events.type(1_000, 'ann', '"ann types"')
    expect(told(events, 1_050, true)).toEqual([[], []])
    events.stopTyping('ann')
    expect(events.nextDue()).toBeUndefined()
    events.tell(2_000, '"cleo came"')
    events.type(2_000, 'ann', '"ann types"')
    events.stopTyping('ann')
    expect(events.nextDue()).toBe(2_100)
  })

  it('[P3] a changed roster is sent once, and the next one at least a second later', () => {
    const events = new EphemeralEvents(() => 2)
    events.rosterChanged(1_000)
    events.rosterChanged(1_050)
    expect(events.nextDue()).toBe(1_100)
    expect(told(events, 1_099)).toEqual([[], []])
    expect(told(events, 1_100)).toEqual([['roster'], ['roster']])
    expect(events.nextDue()).toBeUndefined()
    events.rosterChanged(1_200)
    expect(events.nextDue()).toBe(2_100)
    expect(told(events, 2_099)).toEqual([[], []])
    events.tell(2_099, '"cleo came"')
    expect(told(events, 2_100)).toEqual([
      ['cleo came', 'roster'],
      ['cleo came', 'roster'],
    ])
    events.rosterChanged(9_000)
    expect(events.nextDue()).toBe(9_100)
  })

  it('[P4] typing does not wait for a delayed roster', () => {
    const events = new EphemeralEvents(() => 2)
    events.rosterChanged(1_000)
    told(events, 1_100)
    events.rosterChanged(1_150)
    events.type(1_200, 'ann', '"ann types"')
    expect(events.nextDue()).toBe(1_300)
    expect(told(events, 1_300)).toEqual([[], ['ann types']])
    expect(events.nextDue()).toBe(2_100)
  })

  it('[P28] wait a second among more than 200 people', () => {
    let people = 200
    const events = new EphemeralEvents(() => people)
    events.type(1_000, 'ann', '"ann types"')
    expect(events.nextDue()).toBe(1_100)
    told(events, 1_100)
    people = 201
    events.tell(2_000, '"ben came"')
    events.enter(ben)
    events.type(2_500, 'ann', '"ann types"')
    expect(events.nextDue()).toBe(3_000)
    expect(told(events, 2_999)).toEqual([[], []])
    expect(told(events, 3_000)).toEqual([['ben came'], ['ann types']])
  })

  it('[P26] go once to everyone who was present before', () => {
    const events = new EphemeralEvents(() => 2)
    events.enter(ann)
    events.tell(1_000, '"cleo came"')
    events.tell(1_000, '"ben came"')
    events.enter(ben)
    events.left(1_050, '"cleo left"')
    expect(told(events, 1_100)).toEqual([['cleo came', 'ben came', 'cleo left'], ['cleo left']])
    events.tell(2_000, '"cleo came"')
    expect(told(events, 2_100)).toEqual([['cleo came'], ['cleo came']])
  })

  it('[P27] among many people do not wait the second once their total size is large', () => {
    const event = `"${'x'.repeat(98)}"`
    const people = LIMITS.newsBytes / event.length / 4
    const events = new EphemeralEvents(() => people)
    for (const now of [1_000, 1_200, 1_300]) events.tell(now, event)
    expect(events.nextDue()).toBe(2_000)
    events.tell(1_400, event)
    events.tell(1_450, event)
    expect(events.nextDue()).toBe(1_500)
    told(events, 1_500)
    events.tell(3_000, event)
    expect(events.nextDue()).toBe(4_000)
  })

  it('[P25] a leave waits a tenth of a second among any number of people, whatever else waits', () => {
    const events = new EphemeralEvents(() => 201)
    events.tell(1_000, '"ben came"')
    events.left(1_500, '"cleo left"')
    events.left(1_550, '"dora left"')
    expect(events.nextDue()).toBe(1_600)
    const news = ['ben came', 'cleo left', 'dora left']
    expect(told(events, 1_600)).toEqual([news, news])
  })

  it('[P5] the roster lists up to 200 names, and then only a number', () => {
    expect(rosterEvent(200, () => ['ann'])).toBe('{"event":"activeUsers","data":["ann"]}')
    expect(rosterEvent(201, () => ['ann'])).toBe('{"event":"presence","data":{"count":201}}')
  })
})

describe('watchers', () => {
  const change = (seq: number) => ({ seq, json: `${seq}` })

  it('[P6] get the first change at once, and what follows within a second all together', () => {
    const watchers = new Watchers([ann, person('cleo', { watch: true })])
    watchers.enter(ben, 0)
    watchers.tell(1_000, [])
    expect(watchers.nextDue()).toBeUndefined()
    const told = (now: number) => watchers.take(now).map(([to, changes]) => [to.by, changes])
    watchers.tell(1_000, [change(1)])
    expect([watchers.nextDue(), told(1_000)]).toEqual([
      1_000,
      [
        ['cleo', ['1']],
        ['ben', ['1']],
      ],
    ])
    watchers.tell(1_400, [change(2)])
    watchers.tell(1_900, [change(3)])
    expect([watchers.nextDue(), told(1_999)]).toEqual([2_000, []])
    expect(told(2_000)).toEqual([
      ['cleo', ['2', '3']],
      ['ben', ['2', '3']],
    ])
    expect([watchers.nextDue(), watchers.take(99_000)]).toEqual([undefined, []])
  })

  it('[P7] get no change that they got on entering, and none after they have left', () => {
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

describe('presence', () => {
  it('[P17] counts people who have joined, without watchers', () => {
    const presence = new Presence([
      ann,
      person('outside', { joined: false }),
      person('watching', { watch: true }),
    ])
    expect([presence.count, presence.has('ann'), presence.has('watching')]).toEqual([1, true, false])
  })

  it('[P18] has a sample of 200 names, and the full count', () => {
    const presence = new Presence(Array.from({ length: 201 }, (_, n) => person(`p${n}`)))
    expect([presence.count, presence.names()]).toEqual([201, Array.from({ length: 200 }, (_, n) => `p${n}`)])
  })

  it('[P19] ends for each person when their grace period is over, and at once for a person whose socket had died', () => {
    const presence = new Presence([ann, ben, person('cleo'), person('dan')])
    presence.depart(ann, 1_000)
    presence.depart(ben, 3_000)
    expect(presence.nextExpiry()).toBe(3_000)
    expect(presence.expire(3_000).map(({ by }) => by)).toEqual(['ann'])
    expect(presence.nextExpiry()).toBe(5_000)
    presence.vanish(person('cleo'))
    expect(presence.expire(3_000).map(({ by }) => by)).toEqual(['cleo'])
    presence.depart(person('nobody'), 0)
    presence.vanish(person('nobody'))
    presence.rename('nobody', 'Nobody')
    presence.rename('ben', 'Benny')
    expect(presence.expire(7_000)).toEqual([{ by: 'ben', username: 'Benny' }])
    expect([presence.count, presence.nextExpiry()]).toEqual([1, undefined])
  })
})
