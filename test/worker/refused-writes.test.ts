import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { call, ownedRoom } from './api-calls.ts'
import { freshRoom, newCookie, RawClient, request, sleep } from './raw-client.ts'
import { clockFromNow } from './worker-clock.ts'

const FULL = 'database or disk is full: SQLITE_FULL'
const DAY = 'Exceeded allowed rows written in Durable Objects free tier.'
const RETRY_MS = 60_000
const DAY_MS = 24 * 60 * RETRY_MS

let lines: string[] = []
beforeEach(() => {
  lines = []
  vi.spyOn(console, 'error').mockImplementation((line) => {
    lines.push(JSON.parse(line).event)
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** The platform refuses what a room writes. Answers how often it did so, and a way to stop it. */
async function refuseWrites(room: string, words = FULL) {
  const refused = { times: 0 }
  let restore = () => {}
  await runInDurableObject(env.ROOMS.getByName(room), (_, { storage }) => {
    const { sql, kv } = storage
    const exec = sql.exec.bind(sql)
    const refuse = (): never => {
      refused.times += 1
      throw new Error(words)
    }
    const spies = [
      vi.spyOn(sql, 'exec').mockImplementation((statement, ...values) => {
        return /^\s*SELECT/i.test(statement) ? exec(statement, ...values) : refuse()
      }),
      vi.spyOn(kv, 'put').mockImplementation(refuse),
      vi.spyOn(kv, 'delete').mockImplementation(refuse),
    ]
    restore = () => {
      for (const spy of spies) spy.mockRestore()
    }
  })
  return { refused, allow: () => restore() }
}

const instanceOf = (room: string) => runInDurableObject(env.ROOMS.getByName(room), (instance) => instance)

describe.each([
  ['full storage', FULL],
  ['a day that is used up', DAY],
])('%s', (_kind, words) => {
  it('[WR20] refuses the sender, closes nobody, and lets strangers in to read', async () => {
    const room = freshRoom()
    const people = await Promise.all(Array.from({ length: 10 }, (_, n) => RawClient.join(room, `P${n}`)))
    const [ann, ben] = people
    if (ann === undefined || ben === undefined) throw new Error('Nobody came')
    ann.say('hello', { id: 'a1' })
    await ben.next('updateChat')
    for (const one of people) await one.rest()
    const object = await instanceOf(room)
    const before = people.map(({ frames }) => frames.length)
    const { refused } = await refuseWrites(room, words)
    for (let times = 0; times < 3; times++) {
      ann.say('cannot be stored', { id: 'a2' })
      const { data } = await ann.next('error')
      expect(data).toMatchObject({ code: 'unavailable', id: 'a2', retryAfter: expect.any(Number) })
      expect(data.until).toBe(words === DAY ? Math.ceil(Date.now() / DAY_MS) * DAY_MS : undefined)
    }
    expect(refused.times).toBe(1)
    const cleo = await RawClient.join(room, 'Cleo')
    expect((await cleo.next('msgHistory')).data).toMatchObject([{ body: 'hello' }])
    const back = await RawClient.join(room, 'P1', ben.cookie)
    expect((await back.next('msgHistory')).data).toHaveLength(1)
    for (const one of people) await one.rest()
    expect(people.map(({ closed }) => closed)).toEqual(people.map(() => undefined))
    const heard = new Set(people.flatMap((one, n) => one.frames.slice(before[n]).map(({ event }) => event)))
    expect(['updateChat', 'ack', 'userLeave', 'sync'].filter((event) => heard.has(event))).toEqual([])
    expect(await instanceOf(room)).toBe(object)
    expect(refused.times).toBe(1)
    expect(lines).toEqual(['writes refused'])
  })
})

it('[WR21] over HTTP a room is read, and whatever writes is answered with 503 and when to try again', async () => {
  const { room, owner } = await ownedRoom()
  owner.say('hello')
  await owner.next('ack')
  const { refused } = await refuseWrites(room, DAY)
  const { cookie } = owner
  const reads = ['', '/messages?limit=5', '/people', '/audit', '/links', '/usage']
  expect(
    await Promise.all(reads.map(async (path) => (await call(cookie, 'GET', `/${room}${path}`)).answer)),
  ).toEqual(reads.map(() => 'yes'))
  const ben = newCookie()
  const writes: [string, string, unknown?][] = [
    ['PATCH', '', { locked: true }],
    ['POST', '/links', { role: 'member' }],
    ['PUT', `/blocks/${'b'.repeat(20)}`],
    ['POST', '/reports', { ref: 1, reason: '' }],
    ['DELETE', ''],
  ]
  for (const [method, path, body] of writes) {
    const { status, answer, body: problem } = await call(cookie, method, `/${room}${path}`, body)
    expect([method, path, status, answer]).toEqual([method, path, 503, 'unavailable'])
    expect(problem).toMatchObject({ retryAfter: expect.any(Number), until: expect.any(Number) })
  }
  expect([refused.times, owner.closed]).toEqual([1, undefined])
  expect((await call(ben, 'GET', `/${room}/messages`)).answer).toBe('yes')
})

it('[WR22] the retried message is stored once, in its place, when the platform writes again', async () => {
  const clock = clockFromNow()
  const room = freshRoom()
  const [ann, ben] = [await RawClient.join(room, 'Ann'), await RawClient.join(room, 'Ben')]
  const { allow } = await refuseWrites(room)
  ann.say('first', { id: 'a1' })
  await ann.next('error')
  const cleo = await RawClient.join(room, 'Cleo')
  allow()
  clock.pass(RETRY_MS)
  ann.say('first', { id: 'a1' })
  expect((await ann.next('ack')).data).toMatchObject({ seq: 1 })
  cleo.say('second', { id: 'c1' })
  expect((await cleo.next('ack')).data).toMatchObject({ seq: 2 })
  const heard = [await ben.next('updateChat'), await ben.next('updateChat')]
  expect(heard.map(({ data }) => data.body)).toEqual(['first', 'second'])
  await sleep(room)
  const back = await RawClient.join(room, 'Cleo', cleo.cookie)
  expect((await back.next('msgHistory')).data).toMatchObject([{ body: 'first' }, { body: 'second' }])
})

it('[WR23] a private room lets its members in before it can store them, and stores them with what they say', async () => {
  const clock = clockFromNow()
  const room = freshRoom()
  const [ann] = [await RawClient.join(room, 'Ann'), await RawClient.join(room, 'Ben')]
  ann.send('newRoom', { username2: 'Ben' })
  const { room: pair } = (await ann.next('newRoom')).data
  const { allow } = await refuseWrites(pair)
  const stranger = await RawClient.open(pair, ann.cookie)
  stranger.send('userJoin', { username: 'Ann', room: pair })
  await stranger.next('joined')
  stranger.say('are you there?')
  expect((await stranger.next('error')).data).toMatchObject({ code: 'unavailable' })
  allow()
  clock.pass(RETRY_MS)
  stranger.say('are you there?')
  expect((await stranger.next('ack')).data).toMatchObject({ seq: 1 })
})

it('[WR24] where no object may work, every call is answered with when to try again', async () => {
  vi.spyOn(env.ROOMS, 'getByName').mockImplementation(() => {
    throw new Error(DAY)
  })
  const answer = await call(newCookie(), 'POST', '')
  expect([answer.status, answer.answer]).toEqual([503, 'unavailable'])
  const response = await request('/api/rooms/main', { headers: { Cookie: newCookie() } })
  expect(response.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/)
})

it('[WR26] what only reads is asked once more of a room that was moved, but not of one that is overloaded', async () => {
  const { getByName } = env.ROOMS
  const triesOf = async (marks: object) => {
    let tries = 0
    const failing = vi.spyOn(env.ROOMS, 'getByName').mockImplementation((name) => {
      tries += 1
      if (tries === 1) throw Object.assign(new Error('moved'), marks)
      return getByName.call(env.ROOMS, name)
    })
    const { status } = await call(newCookie(), 'GET', `/${freshRoom()}`)
    failing.mockRestore()
    return [tries, status]
  }
  expect(await triesOf({ retryable: true })).toEqual([2, 200])
  expect(await triesOf({ retryable: true, overloaded: true })).toEqual([1, 503])
  expect(await triesOf({ remote: true })).toEqual([1, 500])
})

it('[WR25] a room that is overloaded or was moved is unavailable for a moment; any other fault is ours', async () => {
  const statusOf = async (marks: object) => {
    vi.spyOn(env.ROOMS, 'getByName').mockImplementation(() => {
      throw Object.assign(new Error('a secret'), marks)
    })
    const { status } = await call(newCookie(), 'GET', '/main')
    return status
  }
  expect(await statusOf({ overloaded: true })).toBe(503)
  expect(await statusOf({ retryable: true })).toBe(503)
  expect(await statusOf({ remote: true })).toBe(500)
})
