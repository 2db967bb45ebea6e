import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { Connection } from '../../../src/room/state/connection.ts'
import { TestRoom, Told } from './test-room.ts'

const limits = { sockets: 6, personSockets: 3, networkSockets: 4 }
const from = (by: string, network?: string) => ({ session: `s-${by}`, by, ...(network ? { network } : {}) })

/** Why someone gets no socket; undefined where they get one. */
function refusal(room: TestRoom, by: string, network?: string) {
  const place = room.core.placeFor(from(by, network), limits, room.now)
  return place.kind === 'none' ? place.code : undefined
}

/** Someone with a socket who has joined. */
function enter(room: TestRoom, by: string, network?: string) {
  const connection = room.open(by, network === undefined ? {} : { network })
  room.join(connection)
  return connection
}

it('[CD1] a person, an address and a room each have a limit of sockets, and a closed socket frees a place', () => {
  const room = new TestRoom()
  const crowds = (by: string, network?: string) => refusal(room, by, network)
  const tabs = [1, 2, 3].map(() => enter(room, 'ann', 'cafe'))
  expect([crowds('ann', 'home'), crowds('ben', 'cafe')]).toEqual(['limit-reached', undefined])
  const ben = enter(room, 'ben', 'cafe')
  expect([crowds('cleo', 'cafe'), crowds('cleo', 'home'), crowds('cleo')]).toEqual([
    'limit-reached',
    undefined,
    undefined,
  ])
  enter(room, 'dan')
  enter(room, 'eve')
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
  expect(refusal(room, 'ann')).toBe('limit-reached')
})

describe('a room without a free place', () => {
  const TEN = { sockets: 10, personSockets: 10, networkSockets: 100 }
  const placeFor = (room: TestRoom, by: string, more = {}) =>
    room.core.placeFor(from(by), { ...TEN, ...more }, room.now)

  /** Ann's room, with Mo who moderates and Kim who was there a day ago; all three are away. */
  function annsRoom() {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    for (const by of ['ann', 'mo', 'kim']) room.leave(room.enter(by))
    room.ask('ann', { kind: 'moderate', what: { action: 'setRole', by: 'mo', role: 'moderator' } })
    room.wait(LIMITS.newcomerMs)
    return room
  }

  it('[CD7] closes its oldest socket that has not joined, to make place for any visitor', () => {
    const room = annsRoom()
    const [first, second] = Array.from({ length: 10 }, (_, n) => room.open(`silent${n}`))
    if (first === undefined || second === undefined) throw new Error('Nobody came')
    for (const by of ['ann', 'mo', 'kim', 'stranger'])
      expect(placeFor(room, by)).toEqual({ kind: 'of', connection: first })
    room.join(first)
    expect(placeFor(room, 'stranger')).toEqual({ kind: 'of', connection: second })
    const told = new Told(room.core.makeWay(second, room.now))
    expect([told.the(second, 'error'), told.closed(second)]).toMatchObject([
      { code: 'room-full' },
      { code: 4429, reason: 'room-full' },
    ])
    expect([room.core.connections.has(second), placeFor(room, 'kim')]).toEqual([false, { kind: 'free' }])
  })

  it('[CD8] keeps a tenth of its places for people whose first visit was a day ago or more, and always admits its moderators', () => {
    const room = annsRoom()
    const kinds = () =>
      ['newcomer', 'kim', 'mo', 'ann'].map((by) => {
        const place = placeFor(room, by)
        return place.kind === 'none' ? place.code : place.kind
      })
    for (let n = 0; n < 8; n++) enter(room, `p${n}`)
    expect(kinds()).toEqual(['free', 'free', 'free', 'free'])
    enter(room, 'p8')
    expect(kinds()).toEqual(['room-full', 'free', 'free', 'free'])
    enter(room, 'kim')
    expect(kinds()).toEqual(['room-full', 'room-full', 'free', 'free'])
    room.sleep()
    expect(kinds()).toEqual(['room-full', 'room-full', 'free', 'free'])
    expect(placeFor(room, 'ann', { personSockets: 0 })).toEqual({ kind: 'none', code: 'limit-reached' })
  })

  it('[CD9] does the same for the limit of one network: it closes a socket that has not joined, or admits a moderator', () => {
    const room = annsRoom()
    const cafe = (by: string) => room.core.placeFor(from(by, 'cafe'), { ...TEN, networkSockets: 2 }, room.now)
    room.open('elsewhere', { network: 'home' })
    const silent = room.open('silent', { network: 'cafe' })
    enter(room, 'p1', 'cafe')
    expect(cafe('kim')).toEqual({ kind: 'of', connection: silent })
    room.join(silent)
    expect([cafe('kim'), cafe('ann')]).toEqual([{ kind: 'none', code: 'limit-reached' }, { kind: 'free' }])
  })

  it('[CD10] treats both people of a private room as known', () => {
    const room = new TestRoom()
    const members = ['ann', 'ben'].map((name) => ({ session: `s-${name}`, username: name }))
    room.core.make({ kind: 'private', home: 'hall', members, waiting: [] }, room.now)
    for (let n = 0; n < 9; n++) enter(room, 'ann')
    expect(placeFor(room, 'ben')).toEqual({ kind: 'free' })
  })
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
