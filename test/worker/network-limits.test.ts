import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, expect, it, vi } from 'vitest'
import { Quota } from '../../src/durable/Quota.ts'
import { securityHeaders } from '../../src/protocol/headers.ts'
import worker from '../../src/worker.ts'
import { freshRoom, newCookie, RawClient, request, upgrade } from './raw-client.ts'
import { clockFromNow, stopTime } from './worker-clock.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** An address of a network of its own. */
function newAddress(): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint16Array(2))
  return `2001:db8:${high.toString(16)}:${low.toString(16)}::1`
}

function makeRoom(address: string, settings: Partial<Env> = {}): Promise<Response> {
  const headers = { 'CF-Connecting-IP': address, Cookie: newCookie() }
  const asked = new Request('http://hallway.test/api/rooms', { method: 'POST', headers })
  return Promise.resolve(worker.fetch(asked, { ...env, ...settings }))
}

function redeem(address: string): Promise<Response> {
  return request('/api/session/moves/redeem', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'CF-Connecting-IP': address, Cookie: newCookie() },
    body: '{"code":"wrong"}',
  })
}

/** The wait that a refusal asks for, in ms. */
async function refused(response: Response): Promise<number> {
  expect([response.status, response.headers.get('Content-Type')]).toEqual([
    429,
    'application/problem+json; charset=utf-8',
  ])
  const { code, retryAfter } = await response.json<{ code: string; retryAfter: number }>()
  expect(code).toBe('rate-limited')
  expect(response.headers.get('Retry-After')).toBe(String(Math.ceil(retryAfter / 1_000)))
  return retryAfter
}

const statuses = (responses: Response[]) => responses.map(({ status }) => status).sort()

it('[NL1] a network creates fifty rooms a day, even at once, and then one for each that comes back', async () => {
  const clock = clockFromNow()
  const address = newAddress()
  const made = await Promise.all(Array.from({ length: 53 }, () => makeRoom(address)))
  expect(statuses(made)).toEqual([...Array(50).fill(201), 429, 429, 429])
  const wait = await refused(await makeRoom(address))
  expect(wait).toBeGreaterThan(DAY_MS / 50 - MINUTE_MS)
  expect(wait).toBeLessThanOrEqual(DAY_MS / 50)
  clock.pass(DAY_MS / 50)
  expect((await makeRoom(address)).status).toBe(201)
  await refused(await makeRoom(address))
})

it('[NL2] all addresses of one network share its quota, and no other network does', async () => {
  const address = newAddress()
  const once = { ROOMS_A_DAY: '1' }
  expect((await makeRoom(address, once)).status).toBe(201)
  await refused(await makeRoom(`${address}234:5678`, once))
  expect((await makeRoom(newAddress(), once)).status).toBe(201)
  expect((await makeRoom('192.0.2.7', once)).status).toBe(201)
  await refused(await makeRoom('::ffff:192.0.2.7', once))
})

it('[NL9] a network creates as many device transfers a minute as it may try codes', async () => {
  stopTime()
  const address = newAddress()
  const move = () =>
    request('/api/session/moves', {
      method: 'POST',
      headers: { 'CF-Connecting-IP': address, Cookie: newCookie() },
    })
  const made = await Promise.all(Array.from({ length: 23 }, move))
  expect(statuses(made)).toEqual([...Array(20).fill(201), 429, 429, 429])
  expect(await refused(await move())).toBeLessThanOrEqual(MINUTE_MS / 20)
  // Creating links uses up no quota for opening them.
  expect((await redeem(address)).status).toBe(404)
})

it('[NL10] a network begins a limited number of rooms by joining, and joins existing rooms freely', async () => {
  const spend = vi.spyOn(Quota.prototype, 'spend')
  const address = newAddress()
  const come = (room: string) => upgrade(room, { 'CF-Connecting-IP': address, Cookie: newCookie() })
  const room = freshRoom()
  expect((await come(room)).status).toBe(101)
  expect(spend.mock.calls).toEqual([[{ burst: 500, perSecond: 500 / (24 * 60 * 60) }]])
  spend.mockResolvedValue(90_000)
  // Nobody has joined it yet, so it has not begun.
  expect(await refused(await come(room))).toBe(90_000)
  await RawClient.join(room, 'Ann')
  expect((await come(room)).status).toBe(101)
  // A join never begins a room with a generated id.
  expect((await come('a'.repeat(26))).status).toBe(404)
  expect((await upgrade(freshRoom())).status).toBe(101)
  expect(spend).toHaveBeenCalledTimes(2)
})

it('[NL3] without an address nothing is counted', async () => {
  const unsaid = () =>
    worker.fetch(new Request('http://hallway.test/api/rooms', { method: 'POST' }), {
      ...env,
      ROOMS_A_DAY: '1',
    })
  expect([(await unsaid()).status, (await unsaid()).status]).toEqual([201, 201])
})

it('[NL25] a network comes from the address in the header that the operator names, and no other header counts', async () => {
  const [own, other] = [newAddress(), newAddress()]
  const make = async (headers: Record<string, string>, ADDRESS_HEADER: string) => {
    const asked = new Request('http://hallway.test/api/rooms', { method: 'POST', headers })
    return (await worker.fetch(asked, { ...env, ROOMS_A_DAY: '1', ADDRESS_HEADER })).status
  }
  const real = { 'X-Real-IP': own }
  expect(await make(real, 'X-Real-IP')).toBe(201)
  for (const name of ['CF-Connecting-IP', 'X-Forwarded-For', 'True-Client-IP', 'Forwarded'])
    expect([name, await make({ ...real, [name]: newAddress() }, 'X-Real-IP')]).toEqual([name, 429])
  for (let n = 0; n < 3; n++) expect(await make({ 'CF-Connecting-IP': other }, 'none')).toBe(201)
  // Nobody has used up the quota of the address that they claimed.
  expect(await make({ 'X-Real-IP': other }, 'X-Real-IP')).toBe(201)
})

it('[NL4] a network tries twenty codes a minute, and each kind of request has its own quota', async () => {
  const clock = stopTime()
  const address = newAddress()
  const tried = await Promise.all(Array.from({ length: 21 }, () => redeem(address)))
  expect(statuses(tried)).toEqual([...Array(20).fill(404), 429])
  expect(await refused(await redeem(address))).toBeLessThanOrEqual(3_000)
  expect((await makeRoom(address)).status).toBe(201)
  clock.pass(3_000)
  expect((await redeem(address)).status).toBe(404)
  await refused(await redeem(address))
})

it('[NL5] a refusal creates no room, tries no code and writes nothing', async () => {
  const address = newAddress()
  const once = { ROOMS_A_DAY: '1' }
  await makeRoom(address, once)
  // An object that stores nothing comes and goes.
  const filled = async () => (await kept()).filter(({ values }) => values.length > 0)
  const before = await filled()
  const rooms = (await listDurableObjectIds(env.ROOMS)).length
  for (let n = 0; n < 3; n++) await refused(await makeRoom(address, once))
  expect(await filled()).toEqual(before)
  expect(await listDurableObjectIds(env.ROOMS)).toHaveLength(rooms)
})

it('[NL6] a full quota stores nothing, and no quota stores an address', async () => {
  vi.spyOn(Quota.prototype, 'spend')
  const address = newAddress()
  const before = new Set((await kept()).map(({ id }) => String(id)))
  await makeRoom(address)
  await makeRoom(address)
  const begun = (await kept()).filter(({ id }) => !before.has(String(id)))
  for (const { id } of begun) expect(id.name ?? '').not.toContain(address.slice(0, 14))
  // The other one is the day's budget.
  const [one, ...others] = begun.filter(({ values }) => values.some(([key]) => key === 'bucket'))
  if (one === undefined || others.length > 0) expect.unreachable('not one quota was begun')
  expect(one.values).toEqual([['bucket', { tokens: expect.closeTo(48, 1), at: expect.any(Number) }]])
  expect(one.alarm).toBeGreaterThan(Date.now() + (2 * DAY_MS) / 50 - MINUTE_MS)
  expect(one.alarm).toBeLessThanOrEqual(Date.now() + (2 * DAY_MS) / 50)
  expect(await runDurableObjectAlarm(env.QUOTAS.get(one.id))).toBe(true)
  const after = (await kept()).find(({ id }) => id.equals(one.id))
  expect([after?.values, after?.alarm]).toEqual([[], null])
})

it('[NL7] requests from other sites and unknown routes use up no quota', async () => {
  const spend = vi.spyOn(Quota.prototype, 'spend')
  const headers = { Origin: 'https://elsewhere.example', 'CF-Connecting-IP': newAddress() }
  expect((await request('/api/rooms', { method: 'POST', headers })).status).toBe(403)
  expect((await request('/api/session/moves/redeem', { method: 'POST', headers })).status).toBe(403)
  await request('/api/rooms/main', { headers: { 'CF-Connecting-IP': newAddress() } })
  await request('/api/session', { method: 'POST', headers: { 'CF-Connecting-IP': newAddress() } })
  expect(spend).not.toHaveBeenCalled()
})

it('[NL8] private rooms use up no quota', async () => {
  const spend = vi.spyOn(Quota.prototype, 'spend')
  const ann = await RawClient.join('nl8', 'Ann')
  await RawClient.join('nl8', 'Ben')
  ann.send('newRoom', { username2: 'Ben' })
  await ann.next('newRoom')
  expect(spend).not.toHaveBeenCalled()
})

/** The stored values of every quota. */
async function kept() {
  const ids = await listDurableObjectIds(env.QUOTAS)
  return Promise.all(
    ids.map((id) =>
      runInDurableObject(env.QUOTAS.get(id), async (_instance, { storage }) => ({
        id,
        values: [...storage.kv.list()],
        alarm: await storage.getAlarm(),
      })),
    ),
  )
}

/** Connects to a room as a new person. */
function come(
  { room, address, origin }: { room: string; address: string; origin?: string },
  settings: Partial<Env>,
): Promise<Response> {
  const headers = {
    Upgrade: 'websocket',
    'CF-Connecting-IP': address,
    Cookie: newCookie(),
    ...(origin === undefined ? {} : { Origin: origin }),
  }
  const asked = new Request(`http://hallway.test/api/rooms/${room}/ws`, { headers })
  return Promise.resolve(worker.fetch(asked, { ...env, ROOMS: env.ROOMS, ...settings }))
}

it('[NL20] a network that opens connections too fast learns when to retry, and the room is not called', async () => {
  const [room, address] = [freshRoom(), newAddress()]
  const asked = vi.spyOn(env.ROOMS, 'getByName')
  const slow = { ARRIVAL_BURST: '3', ARRIVALS_PER_SECOND: '0.1' }
  // A request from another site uses up nothing of its visitor's quota.
  expect((await come({ room, address, origin: 'https://elsewhere.example' }, slow)).status).toBe(403)
  const statuses = []
  for (let n = 0; n < 4; n++) statuses.push((await come({ room, address }, slow)).status)
  expect(statuses).toEqual([101, 101, 101, 429])
  expect(asked).toHaveBeenCalledTimes(3)
  expect(await refused(await come({ room, address }, slow))).toBeLessThanOrEqual(10_000)
  expect((await come({ room: freshRoom(), address }, slow)).status).toBe(101)
  expect((await come({ room, address: newAddress() }, slow)).status).toBe(101)
})

const ONE = { ARRIVAL_BURST: '1', ARRIVALS_PER_SECOND: '0.001' }

it('[NL24] every spelling of a room counts as the same room, and a name that no room can have as none', async () => {
  vi.spyOn(scheduler, 'wait').mockResolvedValue()
  const address = newAddress()
  const room = `a${freshRoom()}`
  const statusOf = async (path: string) => {
    const headers = { Upgrade: 'websocket', 'CF-Connecting-IP': address, Cookie: newCookie() }
    const asked = new Request(`http://hallway.test${path}`, { headers })
    return (await worker.fetch(asked, { ...env, ROOMS: env.ROOMS, ...ONE })).status
  }
  expect(await statusOf(`/api/rooms/${room}/ws`)).toBe(101)
  const spellings = [
    `/api/rooms/${room.toUpperCase()}/ws`,
    `/api/rooms/%61${room.slice(1)}/ws`,
    `/api/rooms/%41${room.slice(1)}/ws`,
    `/%61pi/rooms/${room}/%77s?x=1`,
  ]
  for (const path of spellings) expect([path, await statusOf(path)]).toEqual([path, 429])
  for (let n = 0; n < 3; n++)
    for (const name of ['a_b', 'x'.repeat(8_000), '%61%ff', `${room}%2Fws`])
      expect(await statusOf(`/api/rooms/${name}/ws`)).toBe(400)
})

it('[NL21] such refusals are delayed by varying times, as long as few are waiting', async () => {
  const wait = vi.spyOn(scheduler, 'wait').mockResolvedValue()
  const who = { room: freshRoom(), address: newAddress() }
  expect((await come(who, ONE)).status).toBe(101)
  wait.mockClear()
  for (let n = 0; n < 150; n++) expect((await come(who, ONE)).status).toBe(429)
  const held = wait.mock.calls.map(([ms = 0]) => ms)
  wait.mockRestore()
  expect(held.length).toBeGreaterThan(80)
  expect(held.length).toBeLessThan(150)
  expect(new Set(held.map(Math.round)).size).toBeGreaterThan(50)
  expect(held.every((ms) => ms >= 500 && ms <= 1_500)).toBe(true)
})

it('[NL22] such a refusal has the usual headers, and no cookie', async () => {
  vi.spyOn(scheduler, 'wait').mockResolvedValue()
  const who = { room: freshRoom(), address: newAddress() }
  expect((await come(who, ONE)).status).toBe(101)
  const [first, second] = [await come(who, ONE), await come(who, ONE)]
  for (const [name, value] of Object.entries(securityHeaders)) expect(first.headers.get(name)).toBe(value)
  expect(first.headers.get('Cache-Control')).toBe('no-store')
  expect(first.headers.get('Set-Cookie')).toBeNull()
  const ids = [first, second].map(({ headers }) => headers.get('X-Request-Id'))
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)])
  expect(ids[0]).not.toBe(ids[1])
})

it('[NL23] the log counts these refusals once a second', async () => {
  vi.spyOn(scheduler, 'wait').mockResolvedValue()
  const infoLog = vi.spyOn(console, 'info').mockImplementation(() => undefined)
  const points: AnalyticsEngineDataPoint[] = []
  const settings = {
    ...ONE,
    ANALYTICS: { writeDataPoint: (one: AnalyticsEngineDataPoint) => points.push(one) },
  }
  const clock = clockFromNow()
  clock.pass(MINUTE_MS)
  const who = { room: freshRoom(), address: newAddress() }
  expect((await come(who, settings)).status).toBe(101)
  const counts = () =>
    infoLog.mock.calls
      .map(([line]) => JSON.parse(line))
      .filter(({ event }) => event === 'turned away')
      .map(({ count }) => count)
  for (let n = 0; n < 3; n++) await come(who, settings)
  expect(counts()).toEqual([expect.any(Number)])
  clock.pass(1_000)
  for (let n = 0; n < 3; n++) await come(who, settings)
  // Two unlogged refusals of the second before, and the first of this one.
  expect(counts()).toEqual([expect.any(Number), 3])
  const figures = points.filter(({ indexes }) => indexes?.[0] === 'turned away').map(({ doubles }) => doubles)
  expect(figures.at(-1)).toEqual([3])
})
