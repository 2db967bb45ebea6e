import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { budgetOf, Quota } from '../../src/durable/Quota.ts'
import { NetworkAccounts, payerOf } from '../../src/http/network-account.ts'
import { networkOf } from '../../src/platform/identity/network.ts'
import { DurableSql } from '../../src/platform/sql/durable-sql.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import { freshRoom, newCookie, RawClient, request, sleep } from './raw-client.ts'
import { clockNextMonth } from './worker-clock.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** It counts units, and no test waits for arrivals or frames that come too fast. */
const UNHURRIED = {
  ARRIVAL_BURST: '1000000',
  NETWORK_BURST: '1000000',
  NETWORK_PER_SECOND: '1000000',
  RATE_BURST: '1000000',
}

let clock: ReturnType<typeof clockNextMonth>
beforeEach(() => {
  clock = clockNextMonth()
  Object.assign(env, UNHURRIED, { NETWORK_UNITS_A_DAY: String(LIMITS.networkUnitsADay) })
})
afterEach(() => {
  vi.restoreAllMocks()
  Object.assign(env, { UNITS_A_DAY: '0' })
})

/** An address of a network of its own. */
function newAddress(): string {
  const [high = 0, low = 0, third = 0] = crypto.getRandomValues(new Uint16Array(3))
  return `2001:${high.toString(16)}:${low.toString(16)}:${third.toString(16)}::1`
}

/** Someone at an address. */
class Visitor {
  readonly cookie = newCookie()
  readonly #address: string

  constructor(address: string) {
    this.#address = address
  }

  get(path: string, method = 'GET'): Promise<Response> {
    return request(path, { method, headers: { 'CF-Connecting-IP': this.#address, Cookie: this.cookie } })
  }

  /** Joins a room, or answers the code of the refusal. */
  async join(room: string, username: string): Promise<RawClient | string> {
    const { raw, refused } = await RawClient.tryOpen(room, this.cookie, { 'CF-Connecting-IP': this.#address })
    if (raw === undefined) return refused
    raw.send('userJoin', { username, room })
    const { event, data } = await raw.until(({ event }) => event === 'joined' || event === 'error')
    return event === 'joined' ? raw : data.code
  }
}

/** What a person's visit costs: the facts of a room, and an arrival. */
const VISIT_UNITS = 11

/** The payer of a network of its own. */
function freshPayer(): string {
  return crypto.randomUUID().replaceAll('-', '')
}

/** Counts the rows of all rooms, and the leases. */
function watchRows() {
  const run = vi.spyOn(DurableSql.prototype, 'run')
  const lease = vi.spyOn(Quota.prototype, 'lease')
  const sum = (of: 'rowsRead' | 'rowsWritten') => {
    const cursors = [...new Set(run.mock.contexts)].filter((sql) => sql instanceof DurableSql)
    return cursors.reduce((total, sql) => total + sql[of], 0)
  }
  return {
    written: () => sum('rowsWritten'),
    read: () => sum('rowsRead'),
    leases: () => lease.mock.calls.length,
  }
}

/** Says something, and answers whether it was stored. */
async function say(raw: RawClient, body: string): Promise<boolean> {
  raw.say(body, { id: crypto.randomUUID() })
  const answer = await raw.until(({ event }) => event === 'ack' || event === 'error')
  return answer.event === 'ack'
}

async function leave(raw: RawClient): Promise<void> {
  raw.close(1000)
  await raw.untilClosed()
}

describe('the budget of a network', () => {
  it('[BU20] lets an ordinary person’s day pass with one call, and two visits with none', async () => {
    const room = freshRoom()
    // The room is there already, and others are in it.
    const host = await RawClient.join(room, 'Host')
    const counted = watchRows()
    const ann = new Visitor(newAddress())
    for (let visit = 0; visit < 20; visit++) {
      const raw = await ann.join(room, 'Ann')
      if (typeof raw === 'string') expect.unreachable(raw)
      for (let n = 0; n < 5; n++) expect(await say(raw, `${visit} ${n}`)).toBe(true)
      if (visit % 4 === 0) {
        raw.send('msgHistory', { limit: 50 })
        await raw.next('msgHistory')
      }
      await leave(raw)
      if (visit === 1) expect(counted.leases()).toBe(0)
    }
    expect(counted.leases()).toBe(1)
    expect(counted.written()).toBeGreaterThanOrEqual(100)
    host.close()
  })

  it('[BU21] never refuses thirty such people behind one address, at one call for over a hundred requests', async () => {
    // A tenth of everything: of the people's days, and of the budget.
    Object.assign(env, { NETWORK_UNITS_A_DAY: String(LIMITS.networkUnitsADay / 10) })
    const rooms = [freshRoom(), freshRoom(), freshRoom()]
    for (const room of rooms) await RawClient.join(room, 'Host')
    const counted = watchRows()
    const address = newAddress()
    let arrivals = 0
    for (let who = 0; who < 30; who++) {
      const person = new Visitor(address)
      for (let visit = 0; visit < 2; visit++) {
        const raw = await person.join(rooms[(who + visit) % 3] ?? '', `P${who}`)
        if (typeof raw === 'string') expect.unreachable(raw)
        arrivals += 1
        for (let n = 0; n < 5; n++) expect(await say(raw, `${visit} ${n}`)).toBe(true)
        await leave(raw)
      }
    }
    expect(arrivals).toBe(60)
    // Each visit is an upgrade for the Worker and for the room, and its frames; a page asks for facts as well.
    expect(counted.leases()).toBeLessThanOrEqual(20)
  })

  it('[BU27] is all that it may use in forty isolates, each of which trusts it at first, and a little', async () => {
    const payer = freshPayer()
    let paid = 0
    // The last isolates are met when the budget is used up.
    for (let isolate = 0; isolate < 40; isolate++) {
      const isolate = new NetworkAccounts()
      for (let n = 0; n < 1_000 && (await isolate.pay(env, payer, VISIT_UNITS)) === 0; n++)
        paid += VISIT_UNITS
    }
    expect(paid).toBeGreaterThan(LIMITS.networkUnitsADay * 0.9)
    expect(paid).toBeLessThanOrEqual(10_000)
  })

  it('[BU30] serves two hundred people with the setting that hosting.md gives, and not without', async () => {
    const isolates = Array.from({ length: 20 }, () => new NetworkAccounts())
    const waits = async () => {
      const payer = freshPayer()
      const found = new Set<boolean>()
      for (let visit = 0; visit < 4_000; visit++)
        found.add(((await isolates[visit % isolates.length]?.pay(env, payer, VISIT_UNITS)) ?? -1) !== 0)
      return [...found]
    }
    Object.assign(env, { NETWORK_UNITS_A_DAY: '60000' })
    expect(await waits()).toEqual([false])
    Object.assign(env, { NETWORK_UNITS_A_DAY: String(LIMITS.networkUnitsADay) })
    expect(await waits()).toEqual([false, true])
  })

  it('[BU28] serves thirty people whose requests meet twenty isolates', async () => {
    const payer = freshPayer()
    const isolates = Array.from({ length: 20 }, () => new NetworkAccounts())
    const waits = new Set<number>()
    for (let visit = 0; visit < 600; visit++)
      waits.add((await isolates[visit % isolates.length]?.pay(env, payer, VISIT_UNITS)) ?? -1)
    expect([...waits]).toEqual([0])
  })

  it('[BU22] is all that one address may use, with new people, new rooms and any kind of call', async () => {
    const units = 200
    Object.assign(env, { NETWORK_UNITS_A_DAY: String(units) })
    const counted = watchRows()
    const address = newAddress()
    const refusals = new Set<string>()
    let said = 0
    for (let n = 0; refusals.size < 4; n++) {
      if (n > units || said > units) expect.unreachable(`said ${said}; refused so far: ${[...refusals]}`)
      const someone = new Visitor(address)
      const facts = await someone.get(`/api/rooms/${freshRoom()}`)
      if (facts.status === 429) refusals.add('facts')
      if ((await someone.get('/api/rooms', 'POST')).status === 429) refusals.add('rooms')
      const raw = await someone.join(freshRoom(), 'Someone new')
      if (typeof raw === 'string') {
        expect(raw).toBe('rate-limited')
        refusals.add('sockets').add('messages')
        continue
      }
      while (said <= units && !raw.closed && (await say(raw, 'x').catch(() => false))) said++
      if (said <= units) refusals.add('messages')
    }
    expect(counted.written()).toBeLessThanOrEqual(units)
    expect(counted.written()).toBeGreaterThan(units / 3)
    expect(counted.read()).toBeLessThanOrEqual(units * 50)
    const refused = await new Visitor(address).get(`/api/rooms/${freshRoom()}`)
    const { code, retryAfter } = await refused.json<{ code: string; retryAfter: number }>()
    expect([code, refused.headers.get('Retry-After')]).toEqual([
      'rate-limited',
      String(Math.ceil(retryAfter / 1_000)),
    ])
    expect(Math.abs(retryAfter - 16 * 60 * 60 * 1_000)).toBeLessThan(60_000)
  })

  it('[BU23] is refused without any object, and whole again the next day', async () => {
    Object.assign(env, { NETWORK_UNITS_A_DAY: '30' })
    const ann = new Visitor(newAddress())
    while ((await ann.get(`/api/rooms/${freshRoom()}`)).status === 200);
    const rooms = vi.spyOn(env.ROOMS, 'getByName')
    const quotas = vi.spyOn(env.QUOTAS, 'getByName')
    for (let n = 0; n < 5; n++) expect((await ann.get(`/api/rooms/${freshRoom()}`)).status).toBe(429)
    expect(await ann.join(freshRoom(), 'Ann')).toBe('rate-limited')
    expect([rooms.mock.calls.length, quotas.mock.calls.length]).toEqual([0, 0])
    clock.pass(DAY_MS)
    expect((await ann.get(`/api/rooms/${freshRoom()}`)).status).toBe(200)
  })

  it('[BU24] is shared by all networks of one IPv6 /48, however many, and by no other', async () => {
    Object.assign(env, { NETWORK_UNITS_A_DAY: '60' })
    const [prefix, other] = [newAddress().split(':').slice(0, 3).join(':'), newAddress()]
    const look = (address: string) => new Visitor(address).get(`/api/rooms/${freshRoom()}`)
    let allowed = 0
    // Each part may use three quarters at most, so several have to ask.
    for (let net = 0; net < 120; net++)
      if ((await look(`${prefix}:${net.toString(16)}::1`)).status === 200) allowed++
    expect(allowed).toBeGreaterThan(30)
    expect(allowed).toBeLessThanOrEqual(60)
    expect((await look(other)).status).toBe(200)
  })

  it('[BU25] holds frames until it has answered, also after the room has slept', async () => {
    const room = freshRoom()
    await RawClient.join(room, 'Host')
    const counted = watchRows()
    const raw = await new Visitor(newAddress()).join(room, 'Ann')
    if (typeof raw === 'string') expect.unreachable(raw)
    for (let n = 0; n < 40; n++) raw.say(`${n}`, { id: `id-${n}` })
    for (let n = 0; n < 40; n++)
      await raw.until(({ event, data }) => event === 'ack' || data?.id === `id-${n}`)
    await sleep(room)
    const leases = counted.leases()
    expect(leases).toBeGreaterThan(0)
    for (let n = 0; n < 10; n++) expect(await say(raw, `later ${n}`)).toBe(true)
    expect(counted.leases()).toBe(leases)
  })

  it('[BU29] pays for what someone has erased, and what it cannot pay waits for the next day', async () => {
    Object.assign(env, { NETWORK_UNITS_A_DAY: '300' })
    const room = freshRoom()
    await RawClient.join(room, 'Host')
    const ben = new Visitor(newAddress())
    const raw = await ben.join(room, 'Ben')
    if (typeof raw === 'string') expect.unreachable(raw)
    for (let n = 0; n < 60; n++) expect(await say(raw, `${n}`)).toBe(true)
    expect((await ben.get(`/api/rooms/${room}/me`, 'DELETE')).status).toBe(204)
    const stub = env.ROOMS.getByName(room)
    const left = () =>
      runInDurableObject(stub, (_instance, { storage }) =>
        Number(storage.sql.exec("SELECT COUNT(*) AS n FROM messages WHERE body <> ''").one().n),
      )
    for (let n = 0; n < 3; n++) await runDurableObjectAlarm(stub)
    expect(await left()).toBe(60)
    clock.pass(DAY_MS)
    await runDurableObjectAlarm(stub)
    expect(await left()).toBe(0)
  })

  it('[BU33] has a few messages erased at once where rooms have leased most of it', async () => {
    const [room, address] = [freshRoom(), newAddress()]
    await RawClient.join(room, 'Host')
    const ben = new Visitor(address)
    const raw = await ben.join(room, 'Ben')
    if (typeof raw === 'string') expect.unreachable(raw)
    for (let n = 0; n < 40; n++) expect(await say(raw, `${n}`)).toBe(true)
    const { quota, parts } = budgetOf(env, await payerOf(networkOf(address)))
    const asked = { want: 50, parts, shareOfRest: 1 / 100, limit: LIMITS.networkUnitsADay }
    for (let rooms = 0; rooms < 80; rooms++) await quota.lease(asked)
    expect((await ben.get(`/api/rooms/${room}/me`, 'DELETE')).status).toBe(204)
    const stub = env.ROOMS.getByName(room)
    await runDurableObjectAlarm(stub)
    await runInDurableObject(stub, (_instance, { storage }) =>
      expect(storage.sql.exec("SELECT seq FROM messages WHERE body <> ''").toArray()).toEqual([]),
    )
  })

  it('[BU31] is also one of all networks, past which only strangers are refused, until midnight', async () => {
    Object.assign(env, { UNITS_A_DAY: '0' })
    const [room, owned] = [freshRoom(), await new Visitor(newAddress()).get('/api/rooms', 'POST')]
    const { room: other } = await owned.json<{ room: string }>()
    const ann = new Visitor(newAddress())
    const raw = await ann.join(room, 'Ann')
    if (typeof raw === 'string') expect.unreachable(raw)
    Object.assign(env, { UNITS_A_DAY: '400' })
    const strangers = ['yes']
    while (strangers.at(-1) === 'yes' && strangers.length < 100) {
      const answer = await new Visitor(newAddress()).get(`/api/rooms/${freshRoom()}/messages`)
      strangers.push(answer.status === 200 ? 'yes' : (await answer.json<{ code: string }>()).code)
      clock.pass(60_000)
    }
    expect(strangers.length).toBeGreaterThan(40)
    expect(strangers.at(-1)).toBe('closed-today')
    const stranger = new Visitor(newAddress())
    for (const [path, method] of [
      [`/api/rooms/${room}`, 'GET'],
      [`/api/rooms/${other}`, 'GET'],
      ['/api/rooms', 'POST'],
    ] as const) {
      const answer = await stranger.get(path, method)
      const { code, retryAfter } = await answer.json<{ code: string; retryAfter: number }>()
      expect([path, answer.status, code]).toEqual([path, 503, 'closed-today'])
      expect(answer.headers.get('Retry-After')).toBe(String(Math.ceil(retryAfter / 1_000)))
      expect(Math.abs(retryAfter - 15 * 60 * 60 * 1_000)).toBeLessThan(60 * 60 * 1_000)
    }
    expect(await stranger.join(room, 'Stranger')).toBe('closed-today')
    expect(await say(raw, 'still here')).toBe(true)
    await leave(raw)
    const again = await ann.join(room, 'Ann')
    if (typeof again === 'string') expect.unreachable(again)
    clock.pass(DAY_MS)
    expect(await stranger.join(room, 'Stranger')).toBeInstanceOf(RawClient)
  })

  it('[BU26] of someone who has used it up still lets them read, and says until when', async () => {
    Object.assign(env, { NETWORK_UNITS_A_DAY: '60' })
    const room = freshRoom()
    const host = await RawClient.join(room, 'Host')
    const raw = await new Visitor(newAddress()).join(room, 'Ann')
    if (typeof raw === 'string') expect.unreachable(raw)
    while (await say(raw, 'x'));
    const { data } = raw.frames.findLast(({ event }) => event === 'error') ?? { data: undefined }
    expect(data).toMatchObject({ code: 'rate-limited', id: expect.any(String) })
    expect(Math.abs(data.retryAfter - 16 * 60 * 60 * 1_000)).toBeLessThan(60_000)
    host.say('can you hear me?')
    expect((await raw.next('updateChat')).data).toMatchObject({ body: 'can you hear me?' })
  })
})
