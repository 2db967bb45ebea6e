import { expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { Connection } from '../../../src/room/state/connection.ts'
import { TestRoom } from './test-room.ts'

const limits = { sockets: 6, personSockets: 3, networkSockets: 4 }
const from = (by: string, network?: string) => ({ session: `s-${by}`, by, ...(network ? { network } : {}) })

it('[CD1] a person, an address and a room may each have a limited number of sockets, and a closed socket frees a place', () => {
  const room = new TestRoom()
  const crowds = (by: string, network?: string) => room.core.refusesConnection(from(by, network), limits)
  const tabs = [1, 2, 3].map(() => room.open('ann', { network: 'cafe' }))
  expect([crowds('ann', 'home'), crowds('ben', 'cafe')]).toEqual(['limit-reached', undefined])
  const ben = room.open('ben', { network: 'cafe' })
  expect([crowds('cleo', 'cafe'), crowds('cleo', 'home'), crowds('cleo')]).toEqual([
    'limit-reached',
    undefined,
    undefined,
  ])
  room.open('dan')
  room.open('eve')
  expect(crowds('cleo', 'home')).toBe('room-full')
  for (const tab of tabs) room.leave(tab)
  expect([crowds('ann', 'cafe'), crowds('cleo', 'cafe')]).toEqual([undefined, undefined])
  room.leave(ben)
  room.leave(ben)
  expect(crowds('cleo', 'cafe')).toBeUndefined()
})

it('[CD2] sockets are counted again when the room wakes', () => {
  const room = new TestRoom()
  for (let i = 0; i < 3; i++) room.open('ann')
  room.sleep()
  expect(room.core.refusesConnection(from('ann'), limits)).toBe('limit-reached')
})

it('[CD3] the rate of new sockets is limited for each address, and not for an unknown address', () => {
  const room = new TestRoom()
  const tooFast = (network?: string) => room.core.connectsTooFast(from('ann', network), room.now)
  const burst = Array.from({ length: LIMITS.arrivalBurst }, () => tooFast('cafe'))
  expect(new Set(burst)).toEqual(new Set([undefined]))
  expect([tooFast('cafe'), tooFast('home'), tooFast()]).toEqual([
    { ok: false, code: 'rate-limited', retryAfter: 1_000 / LIMITS.arrivalsPerSecond },
    undefined,
    undefined,
  ])
  room.now += 1_000
  expect(tooFast('cafe')).toBeUndefined()
})

it('[CD4] all people at an address share a rate of frames, and other addresses are not affected', () => {
  const room = new TestRoom()
  const people = Array.from({ length: 20 }, (_, i) => {
    const connection = room.open(`p${i}`, { network: 'cafe' })
    room.join(connection)
    return connection
  })
  const refused = () =>
    people
      .flatMap((who) => room.send(who, 'updateChat', { body: 'hi' }).to(who))
      .filter(({ event }) => event === 'error')
  for (let sent = people.length; sent + people.length <= LIMITS.networkBurst; sent += people.length)
    expect(refused()).toEqual([])
  const late = refused()
  expect(late).toHaveLength(people.length - (LIMITS.networkBurst % people.length))
  expect(late[0]?.data).toMatchObject({ code: 'rate-limited', retryAfter: expect.any(Number) })
  for (let i = 0; i < LIMITS.floodRefusals; i++) {
    const who = people[i % people.length]
    if (who) expect(room.send(who, 'updateChat', { body: 'hi' }).closed(who)).toBeUndefined()
  }
  const elsewhere = room.enter('ann')
  expect(room.send(elsewhere, 'updateChat', { body: 'hi' }).events(elsewhere)).toContain('ack')
})

it('[CD6] at an address over its rate, people who obey the retry time stay connected and the others are closed', () => {
  const room = new TestRoom()
  const people = Array.from({ length: 20 }, (_, i) => room.open(`p${i}`, { network: 'cafe' }))
  for (const one of people) room.join(one)
  const [patient] = people
  const closed = new Set<Connection>()
  for (let tenths = 0; tenths < 300; tenths++) {
    const all = people.filter((one) => !closed.has(one) && (one !== patient || tenths % 10 === 0))
    for (const one of all) {
      const close = room.send(one, 'updateChat', { body: 'hi' }).closed(one)
      if (close === undefined) continue
      expect(close).toEqual({ code: 4429, reason: 'rate-limited' })
      closed.add(one)
    }
    room.now += 100
  }
  // As many stay as the rate allows, and the patient person is one of them.
  expect(people.length - closed.size).toBeGreaterThanOrEqual(LIMITS.networkPerSecond / 10)
  expect(closed.size).toBeGreaterThan(0)
  expect(patient && closed.has(patient)).toBe(false)
})

it('[CD5] a person may request a limited number of private rooms at once', () => {
  const room = new TestRoom()
  const ann = room.enter('ann')
  room.enter('ben')
  for (let i = 0; i < LIMITS.appealBurst; i++)
    expect(room.send(ann, 'newRoom', { username2: 'ben' }).roomCalls).toHaveLength(1)
  expect(room.send(ann, 'newRoom', { username2: 'ben' }).the(ann, 'error')).toMatchObject({
    code: 'rate-limited',
    retryAfter: expect.any(Number),
  })
  room.wait(60_000 / LIMITS.appealsPerMinute)
  expect(room.send(ann, 'newRoom', { username2: 'ben' }).roomCalls).toHaveLength(1)
})
