import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ADMIN_TOKEN, callAdmin, setAdminToken } from './admin-calls.ts'
import { freshRoom, newCookie, RawClient, request, sleep, upgrade } from './raw-client.ts'
import { shortenWaits } from './speed-up.ts'
import { clockLastMonth } from './worker-clock.ts'

shortenWaits()

let clock: ReturnType<typeof clockLastMonth>
beforeEach(() => {
  clock = clockLastMonth()
  setAdminToken(ADMIN_TOKEN)
})
afterEach(() => {
  vi.restoreAllMocks()
  setAdminToken(undefined)
})

type Line = Record<string, unknown>

/** A response without the headers that differ for each request. */
async function whole(response: Response) {
  const own = ['x-request-id', 'set-cookie']
  const headers = [...response.headers].filter(([name]) => !own.includes(name))
  return [response.status, headers, await response.text()]
}

/** Each route with its body and the operator's status, for a room in which Ann has written. */
const ROUTES: [string, string, (by: string) => object | undefined, number][] = [
  ['GET', '/rooms', () => undefined, 200],
  ['PUT', '/rooms/ROOM', () => undefined, 200],
  ['GET', '/rooms/ROOM/export', () => undefined, 200],
  ['PUT', '/rooms/ROOM/owner', (by) => ({ by }), 204],
  ['DELETE', '/rooms/ROOM', () => undefined, 204],
  ['GET', '/bans', () => undefined, 200],
  ['PUT', '/bans/192.0.2.1', () => ({ ms: 1_000 }), 200],
  ['DELETE', '/bans/192.0.2.1', () => undefined, 204],
  ['DELETE', '/rooms/ROOM/people/nobody/ban', () => undefined, 204],
  ['GET', '/reports', () => undefined, 200],
  ['GET', '/rooms/ROOM/reports', () => undefined, 200],
  ['GET', '/day', () => undefined, 200],
  ['GET', '/nowhere', () => undefined, 404],
]

describe('the admin API', () => {
  it.each(ROUTES)(
    '[AD1] %s %s works with the operator’s secret, and looks missing without it',
    async (...of) => {
      const [method, path, body, status] = of
      const ann = await RawClient.join(freshRoom(), 'Ann')
      ann.say('kept')
      await ann.next('ack')
      const { by } = ann.frames[0]?.data ?? {}
      const call = (token: string | undefined, from: string) => {
        const asked = body(by)
        const more = { token, from, ...(asked ? { body: asked } : {}) }
        return callAdmin(method, path.replace('ROOM', ann.room), more)
      }
      const nowhere = await whole(await request('/api/nowhere', { method }))
      for (const token of [
        undefined,
        '',
        'wrong',
        `${ADMIN_TOKEN}x`,
        ADMIN_TOKEN.slice(1),
        ADMIN_TOKEN.toUpperCase(),
      ])
        expect([token, await whole(await call(token, `wrong ${token}`))]).toEqual([token, nowhere])
      for (const secret of [undefined, '', 'short']) {
        setAdminToken(secret)
        for (const token of [ADMIN_TOKEN, 'short', ''])
          expect(await whole(await call(token, `off ${token}`))).toEqual(nowhere)
      }
      setAdminToken(ADMIN_TOKEN)
      ann.say('still here')
      await ann.next('ack')
      expect((await call(ADMIN_TOKEN, 'right')).status).toBe(status)
    },
  )

  it('[RL7] takes a room by its link, and no link of another host', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    ann.say('kept')
    await ann.next('ack')
    const origin = 'http://hallway.test'
    const made = await callAdmin(
      'PUT',
      `/rooms/${encodeURIComponent(`${origin}/r/${room.toUpperCase()}/#m=1`)}`,
    )
    expect(await made.json()).toEqual({ room, url: `${origin}/r/${room}` })
    const elsewhere = `/rooms/${encodeURIComponent(`https://elsewhere.example/r/${room}`)}`
    for (const [method, path, status] of [
      ['DELETE', elsewhere, 400],
      ['PUT', elsewhere, 400],
      ['GET', `${elsewhere}/export`, 400],
      ['DELETE', `${elsewhere}/people/nobody/ban`, 400],
      ['GET', `/rooms/${encodeURIComponent(` ${origin}/r/${room}.`)}/export`, 200],
    ] as const)
      expect([method, path, (await callAdmin(method, path)).status]).toEqual([method, path, status])
  })

  it('[AD2] ignores an address for a minute after five wrong secrets, and no other address', async () => {
    const from = '192.0.2.77'
    for (let n = 0; n < 5; n++)
      expect((await callAdmin('GET', '/bans', { token: `guess ${n}`, from })).status).toBe(404)
    expect((await callAdmin('GET', '/bans', { from })).status).toBe(404)
    expect((await callAdmin('GET', '/bans', { from: '192.0.2.78' })).status).toBe(200)
    clock.pass(60_000)
    expect((await callAdmin('GET', '/bans', { from })).status).toBe(200)
  })

  it('[AD10] never ignores the operator because of wrong secrets from callers without a known address', async () => {
    for (let n = 0; n < 20; n++)
      expect((await callAdmin('GET', '/bans', { token: `guess ${n}` })).status).toBe(404)
    expect((await callAdmin('GET', '/bans')).status).toBe(200)
    // A header that the operator has not named says nothing about the sender.
    env.ADDRESS_HEADER = 'none'
    try {
      const from = '192.0.2.79'
      for (let n = 0; n < 20; n++) await callAdmin('GET', '/bans', { token: `guess ${n}`, from })
      expect((await callAdmin('GET', '/bans', { from })).status).toBe(200)
    } finally {
      env.ADDRESS_HEADER = 'CF-Connecting-IP'
    }
  })

  it('[AD3] lists rooms in pages, by size or by last activity', async () => {
    const names = ['a', 'b', 'c'].map((name) => freshRoom(name))
    for (const [n, room] of names.entries()) {
      const about = { room, madeAt: n, messages: n, people: n, access: 'open' }
      const directory = env.DIRECTORY.getByName('all')
      await directory.report({ ...about, activeAt: 5e12 + n, storedBytes: 9e12 + (n % 2) })
    }
    const [a = '', b = '', c = ''] = names
    const page = async (query: string) => {
      const answer = await (await callAdmin('GET', `/rooms?limit=1&${query}`)).json<{
        rooms: Line[]
        after?: string
      }>()
      return { room: answer.rooms[0]?.room, after: answer.after }
    }
    const all = async (by: string) => {
      const rooms: unknown[] = []
      let after: string | undefined = ''
      for (let n = 0; n < 3 && after !== undefined; n++) {
        const next: Awaited<ReturnType<typeof page>> = await page(`by=${by}${after && `&after=${after}`}`)
        rooms.push(next.room)
        after = next.after
      }
      return rooms
    }
    expect(await all('size')).toEqual([b, a, c])
    expect(await all('activity')).toEqual([c, b, a])
    const { rooms } = await (await callAdmin('GET', '/rooms?by=activity&limit=1')).json<{ rooms: Line[] }>()
    const entry = {
      room: c,
      madeAt: 2,
      activeAt: 5e12 + 2,
      messages: 2,
      storedBytes: 9e12,
      people: 2,
      access: 'open',
    }
    expect(rooms).toEqual([entry])
    for (const query of ['by=name', 'limit=0', 'limit=x', 'after=x', 'after=1:no_room', 'after=:a'])
      expect([query, (await callAdmin('GET', `/rooms?${query}`)).status]).toEqual([query, 400])
    for (const room of names) await env.DIRECTORY.getByName('all').remove(room)
  })

  it('[AD4] purges a room, and says when there is none', async () => {
    const ann = await RawClient.join(freshRoom(), 'Ann')
    expect((await callAdmin('DELETE', `/rooms/${ann.room}`)).status).toBe(204)
    expect(await ann.untilClosed()).toEqual({ code: 4404, reason: 'erased' })
    for (const room of [ann.room, freshRoom()]) {
      const again = await callAdmin('DELETE', `/rooms/${room}`)
      expect([again.status, await again.json()]).toMatchObject([404, { detail: 'There is no such room.' }])
    }
    for (const path of ['', '/export', '/owner'])
      expect(
        (
          await callAdmin(
            path === '' ? 'DELETE' : path === '/export' ? 'GET' : 'PUT',
            `/rooms/no_room${path}`,
          )
        ).status,
      ).toBe(400)
  })
})

describe('an export', () => {
  async function exported(room: string): Promise<Line[]> {
    const answer = await callAdmin('GET', `/rooms/${room}/export`)
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
      200,
      'application/x-ndjson; charset=utf-8',
    ])
    const text = new TextDecoder().decode(await answer.arrayBuffer())
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  }

  it('[AD5] holds the room, its people without their sessions, and its log in order', async () => {
    const ann = await RawClient.join(freshRoom(), 'Ann')
    const { room } = ann
    const ben = await RawClient.join(room, 'Ben')
    ann.say('one')
    await ann.next('ack')
    ann.send('react', { ref: 1, emoji: '👍', on: true, room })
    await ann.next('ack')
    ben.say('two\nlines')
    await ben.next('ack')
    ann.send('editChat', { ref: 1, body: 'one!', room })
    await ann.next('ack')
    ann.send('setTopic', { topic: 'Boats', room })
    await ann.next('ack')
    await sleep(room)
    const lines = await exported(room)
    const { epoch, by } = ann.frames[0]?.data ?? {}
    expect(lines[0]).toEqual({
      kind: 'room',
      room,
      epoch,
      seq: 5,
      floor: 0,
      topic: 'Boats',
      title: '',
      welcome: '',
      locked: false,
      slowMs: 0,
      retention: 'forever',
      access: 'open',
    })
    const people = lines.filter(({ kind }) => kind === 'person')
    expect(people).toHaveLength(2)
    expect(people).toContainEqual({
      kind: 'person',
      by,
      username: 'Ann',
      role: 'member',
      seen: expect.any(Number),
      since: expect.any(Number),
    })
    expect(lines.slice(3)).toMatchObject([
      { event: 'updateChat', data: { seq: 1, body: 'one!', username: 'Ann', room } },
      { event: 'react', data: { seq: 2, ref: 1, emoji: '👍' } },
      { event: 'updateChat', data: { seq: 3, body: 'two\nlines', username: 'Ben' } },
      { event: 'editChat', data: { seq: 4, ref: 1, body: 'one!' } },
      { event: 'setTopic', data: { seq: 5, topic: 'Boats' } },
    ])
    expect(JSON.stringify(lines)).not.toContain('session')
  })

  it('[AD6] spans all pages, and leaves out changes made after it began', async () => {
    const room = freshRoom()
    const { RATE_BURST = '' } = env
    Object.assign(env, { RATE_BURST: '2000' })
    const ann = await RawClient.join(room, 'Ann')
    Object.assign(env, { RATE_BURST })
    for (let n = 1; n <= 600; n++) ann.say(`number ${n}`)
    await ann.until(({ data }) => data.seq === 600)
    const answer = await callAdmin('GET', `/rooms/${room}/export`)
    ann.say('too late')
    await ann.next('ack')
    const lines = (await answer.text()).trimEnd().split('\n').slice(2)
    expect(lines.map((line) => JSON.parse(line).data.seq)).toEqual(
      Array.from({ length: 600 }, (_, n) => n + 1),
    )
  })

  it('[AD7] of a missing room is not found, and stops if the room is erased midway', async () => {
    expect((await callAdmin('GET', `/rooms/${freshRoom()}/export`)).status).toBe(404)
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    const stub = env.ROOMS.getByName(room)
    const first = await stub.exportPage()
    expect(first?.lines).toHaveLength(1)
    await stub.purge()
    expect(await stub.exportPage(first?.next)).toBeUndefined()
    await RawClient.join(room, 'Ann', ann.cookie)
    expect(await stub.exportPage(first?.next)).toBeUndefined()
  })
})

describe('transferring a room as the operator', () => {
  const give = (room: string, by: string) => callAdmin('PUT', `/rooms/${room}/owner`, { body: { by } })

  it('[AD8] makes that person the owner at once and permanently, and notes it in the audit', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    const ben = await RawClient.join(room, 'Ben')
    const [annBy, benBy] = [ann, ben].map((raw) => raw.frames[0]?.data.by)
    expect((await give(room, annBy)).status).toBe(204)
    expect((await ann.next('standing')).data).toMatchObject({ role: 'owner' })
    await sleep(room)
    ben.send('setTopic', { topic: 'mine', room })
    expect((await ben.next('error')).data.code).toBe('forbidden')
    const audit = await request(`/api/rooms/${room}/audit`, { headers: { Cookie: ann.cookie } })
    expect(await audit.json()).toMatchObject({ notes: [{ action: 'handOver', about: annBy, username: '' }] })
    expect((await give(room, benBy)).status).toBe(204)
    expect((await ben.next('standing')).data).toMatchObject({ role: 'owner' })
    expect((await ann.next('standing')).data).toMatchObject({ role: 'member' })
    const erase = (cookie: string) =>
      request(`/api/rooms/${room}`, { method: 'DELETE', headers: { Cookie: cookie } })
    expect((await erase(ann.cookie)).status).toBe(403)
    expect((await erase(ben.cookie)).status).toBe(204)
  })

  it('[AD9] works only for people who have joined, and never in a private room', async () => {
    const room = freshRoom()
    expect((await give(room, 'nobody')).status).toBe(404)
    const ann = await RawClient.join(room, 'Ann')
    const ben = await RawClient.join(room, 'Ben')
    expect((await give(room, 'nobody')).status).toBe(404)
    expect((await callAdmin('PUT', `/rooms/${room}/owner`, { body: {} })).status).toBe(400)
    ann.send('newRoom', { username2: 'Ben' })
    const made = (await ann.next('newRoom')).data.room
    const inside = await RawClient.join(made, 'Ben', ben.cookie)
    expect((await give(made, inside.frames[0]?.data.by)).status).toBe(403)
  })
})

describe('a ban from all rooms', () => {
  const ADDRESS = '203.0.113.9'
  const from = (address: string, path = '/api/rooms/main') =>
    request(path, { headers: { 'CF-Connecting-IP': address } })

  it('[NB1] refuses that network everywhere in the API within a minute, until it is lifted', async () => {
    expect((await from(ADDRESS)).status).toBe(200)
    expect((await callAdmin('PUT', `/bans/${ADDRESS}`, { body: {} })).status).toBe(200)
    clock.pass(60_000)
    const refused = await from(ADDRESS)
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'banned' }])
    for (const path of ['/api/rooms/main/messages', '/api/rooms/main/usage', '/api/nowhere'])
      expect((await from(ADDRESS, path)).status).toBe(403)
    expect((await upgrade('main', { Cookie: newCookie(), 'CF-Connecting-IP': ADDRESS })).status).toBe(403)
    expect((await from('203.0.113.10')).status).toBe(200)
    expect((await request('/api/rooms/main')).status).toBe(200)
    expect((await from(ADDRESS, '/healthz')).status).toBe(200)
    // Operators who banned their own network can undo it.
    expect((await callAdmin('DELETE', `/bans/${ADDRESS}`, { from: ADDRESS })).status).toBe(204)
    expect(await (await callAdmin('GET', '/bans')).json()).toEqual({ bans: [] })
    clock.pass(60_000)
    expect((await from(ADDRESS)).status).toBe(200)
  })

  it('[NB2] covers the network of the address, in any notation, for the given time', async () => {
    const answer = await callAdmin('PUT', '/bans/2001:DB8:1:2:3::9', { body: { ms: 120_000 } })
    const ban = { network: '2001:db8:1:2::/64', madeAt: expect.any(Number), until: expect.any(Number) }
    expect(await answer.json()).toEqual(ban)
    expect(await (await callAdmin('GET', '/bans')).json()).toEqual({ bans: [ban] })
    clock.pass(60_000)
    expect((await from('2001:db8:1:2:ffff::1')).status).toBe(403)
    expect((await from('2001:db8:1:3::1')).status).toBe(200)
    clock.pass(60_000)
    expect((await from('2001:db8:1:2:ffff::1')).status).toBe(200)
    expect(await (await callAdmin('GET', '/bans')).json()).toEqual({ bans: [] })
    await callAdmin('PUT', `/bans/${encodeURIComponent('2001:db8:1:2::/64')}`, { body: {} })
    expect(await (await callAdmin('GET', '/bans')).json()).toMatchObject({
      bans: [{ network: '2001:db8:1:2::/64' }],
    })
    await callAdmin('DELETE', '/bans/2001:db8:1:2::1')
    expect(await (await callAdmin('GET', '/bans')).json()).toEqual({ bans: [] })
    for (const network of ['nobody', '1.2.3', '1.2.3.256', '1.2.3.4.5', '::g', '%20'])
      expect([network, (await callAdmin('PUT', `/bans/${network}`, { body: {} })).status]).toEqual([
        network,
        400,
      ])
    expect((await callAdmin('PUT', '/bans/1.2.3.4', { body: { ms: 0 } })).status).toBe(400)
  })

  it('[NB3] is looked up once a minute at most, and the last known list counts if that fails', async () => {
    clock.pass(60_000)
    const asked = vi.spyOn(env.DIRECTORY, 'getByName')
    for (let n = 0; n < 50; n++) await from('198.51.100.1')
    expect(asked).toHaveBeenCalledTimes(1)
    clock.pass(60_000)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    asked.mockImplementation(() => {
      throw new Error('a secret')
    })
    for (let n = 0; n < 3; n++) expect((await from('198.51.100.1')).status).toBe(200)
    expect(asked).toHaveBeenCalledTimes(2)
    setAdminToken(undefined)
    clock.pass(60_000)
    expect((await from('198.51.100.1')).status).toBe(200)
    expect(asked).toHaveBeenCalledTimes(2)
  })

  it('[NB4] of a person keeps them out of every room, whatever their address, and closes their sockets in the room that was named', async () => {
    const ann = await RawClient.join(freshRoom(), 'Ann')
    const { room } = ann
    const by = ann.frames[0]?.data.by
    const ben = await RawClient.join(room, 'Ben')
    const path = `/rooms/${room}/people/${by}/ban`
    const ban = { room, by, madeAt: expect.any(Number), until: expect.any(Number) }
    const answer = await callAdmin('PUT', path, { body: { ms: 120_000 } })
    expect([answer.status, await answer.json()]).toEqual([200, ban])
    expect(await ann.untilClosed()).toEqual({ code: 4403, reason: 'banned' })
    ben.say('still here')
    await ben.next('ack')
    clock.pass(60_000)
    const asks = async (cookie: string, address: string) =>
      (await request('/api/rooms/other', { headers: { Cookie: cookie, 'CF-Connecting-IP': address } })).status
    for (const address of [ADDRESS, '198.51.100.2']) expect(await asks(ann.cookie, address)).toBe(403)
    expect((await upgrade('other', { Cookie: ann.cookie })).status).toBe(403)
    expect([await asks(ben.cookie, ADDRESS), await asks(newCookie(), ADDRESS)]).toEqual([200, 200])
    expect(await (await callAdmin('GET', '/bans')).json()).toEqual({ bans: [ban] })
    clock.pass(60_000)
    expect(await asks(ann.cookie, ADDRESS)).toBe(200)
    expect(await (await callAdmin('GET', '/bans')).json()).toEqual({ bans: [] })
    await callAdmin('DELETE', path)
  })

  it('[NB5] of a person is lifted by the same room and id, also once the room is gone; nobody else can be banned so', async () => {
    const ann = await RawClient.join(freshRoom(), 'Ann')
    const path = `/rooms/${ann.room}/people/${ann.frames[0]?.data.by}/ban`
    expect((await callAdmin('PUT', path, { body: {} })).status).toBe(200)
    await callAdmin('DELETE', `/rooms/${ann.room}`)
    expect(await (await callAdmin('GET', '/bans')).json()).toMatchObject({ bans: [{ room: ann.room }] })
    expect((await callAdmin('DELETE', path)).status).toBe(204)
    expect(await (await callAdmin('GET', '/bans')).json()).toEqual({ bans: [] })
    for (const of of [path, `/rooms/${freshRoom()}/people/nobody/ban`]) {
      const refused = await callAdmin('PUT', of, { body: {} })
      expect([refused.status, await refused.json()]).toMatchObject([404, { detail: 'by' }])
    }
    expect((await callAdmin('PUT', path, { body: { ms: 0 } })).status).toBe(400)
    expect((await callAdmin('DELETE', '/rooms/no_room/people/nobody/ban')).status).toBe(400)
  })
})
