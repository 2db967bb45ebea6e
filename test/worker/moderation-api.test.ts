import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, expect, it, vi } from 'vitest'
import { newCookie, RawClient, request, sleep, upgrade } from './raw-client.ts'
import { clockLastMonth, HOUR_MS } from './worker-clock.ts'

afterEach(() => void vi.restoreAllMocks())

/** An API call with this cookie and these headers. */
async function call(cookie: string, method: string, path: string, body?: unknown, headers: object = {}) {
  const answer = await request(`/api/rooms${path}`, {
    method,
    headers: { Cookie: cookie, 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
}

/** A room that Ann owns. */
async function annsRoom() {
  const cookie = newCookie()
  const { room } = (await call(cookie, 'POST', '')).body
  const ann = await RawClient.join(room, 'Ann', cookie)
  return {
    room,
    ann,
    of: (who: RawClient, method: string, path: string, body?: unknown) =>
      call(who.cookie, method, `/${room}${path}`, body),
  }
}

it('[HG1] a setting is returned, sent to everyone and visible from outside, even after a sleep', async () => {
  const { room, ann, of } = await annsRoom()
  const ben = await RawClient.join(room, 'Ben')
  const all = { title: 'Kitchen', welcome: '', locked: false, slowMs: 0, retention: '30d', access: 'open' }
  expect(await of(ann, 'PATCH', '', { title: 'Kitchen', retention: '30d' })).toEqual({
    status: 200,
    body: all,
  })
  expect((await ben.next('room')).data).toEqual(all)
  await sleep(room)
  expect((await of(ben, 'GET', '')).body).toMatchObject({ title: 'Kitchen', retention: '30d' })
  expect(await of(ben, 'PATCH', '', { title: 'Mine' })).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  })
})

it.each([
  ['PATCH', '', { slowMs: -1 }, 'slowMs'],
  ['PATCH', '', { title: 'x'.repeat(81) }, 'title'],
  ['PATCH', '', { retention: '1d' }, 'retention'],
  ['PATCH', '', [], 'Send the body as one JSON object.'],
  ['POST', '/moderation', { action: 'burn', by: 'x' }, 'action'],
  ['POST', '/moderation', { action: 'mute', by: 'x' }, 'ms'],
  ['POST', '/moderation', { action: 'kick' }, 'by'],
  ['POST', '/links', { role: 'owner' }, 'role'],
  ['POST', '/links/redeem', { secret: 'x'.repeat(101) }, 'secret'],
  ['POST', '/reports', { ref: 0 }, 'ref'],
])('[HG2] %s %s with %j is refused with its mistake: %s', async (method, path, body, detail) => {
  const { ann, of } = await annsRoom()
  expect(await of(ann, method, path, body)).toMatchObject({ status: 400, body: { code: 'bad-data', detail } })
})

it('[HG3] request bodies must be JSON of at most 8 KiB, from the site’s own pages', async () => {
  const { room, ann } = await annsRoom()
  const patch = (init: RequestInit) =>
    request(`/api/rooms/${room}`, { method: 'PATCH', body: '{"locked":true}', ...init }).then(
      (answer) => answer.status,
    )
  const headers = { Cookie: ann.cookie, 'Content-Type': 'application/json' }
  const { Cookie } = headers
  expect([
    await patch({ headers: { Cookie, 'Content-Type': 'text/plain' } }),
    await patch({ headers: { Cookie, 'Content-Type': 'application/x-www-form-urlencoded' } }),
    await patch({ headers: { ...headers, Origin: 'https://elsewhere.test' } }),
    await patch({ headers, body: `{"locked":true,"x":"${'x'.repeat(9_000)}"}` }),
    await patch({ headers, body: '{"locked":' }),
    await patch({ headers }),
  ]).toEqual([415, 415, 403, 413, 400, 200])
})

it('[HG4] a banned person is disconnected and refused over HTTP before any upgrade, until the ban is lifted', async () => {
  const { room, ann, of } = await annsRoom()
  const ben = await RawClient.join(room, 'Ben')
  const { by } = (await of(ann, 'GET', '/people')).body.people.find(
    ({ username }: { username: string }) => username === 'Ben',
  )
  expect((await of(ann, 'POST', '/moderation', { action: 'ban', by, reason: 'spam' })).status).toBe(204)
  expect(await ben.untilClosed()).toEqual({ code: 4403, reason: 'banned' })
  expect((await of(ben, 'GET', '')).body).toMatchObject({ status: 403, code: 'banned' })
  const refused = await upgrade(room, { Cookie: ben.cookie })
  expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'banned' }])
  expect((await of(ann, 'GET', '/audit')).body.notes).toMatchObject([
    { action: 'ban', aboutName: 'Ben', reason: 'spam' },
  ])
  await of(ann, 'POST', '/moderation', { action: 'unban', by })
  await RawClient.join(room, 'Ben', ben.cookie)
})

it('[HG5] a network ban keeps new people from that network out, by Cloudflare’s address header and the IPv6 /64', async () => {
  const { room, ann, of } = await annsRoom()
  const eve = await RawClient.open(room, newCookie(), { 'CF-Connecting-IP': '2001:db8:1:2::9' })
  eve.send('userJoin', { username: 'Eve', room })
  const { by } = (await eve.next('joined')).data
  await of(ann, 'POST', '/moderation', { action: 'ban', by, network: true })
  const from = async (address: string, more = {}) =>
    (await upgrade(room, { Cookie: newCookie(), 'CF-Connecting-IP': address, ...more })).status
  expect([
    await from('2001:db8:1:2:ffff::1'),
    await from('2001:db8:1:3::9'),
    // The server ignores what a client says about its own network.
    await from('2001:db8:1:2::9', { 'x-hallway-network': '198.51.100.1' }),
  ]).toEqual([403, 101, 403])
})

it('[HG6] a link into an invite-only room shows its secret once, works, is listed by its id and can be revoked', async () => {
  const { room, ann, of } = await annsRoom()
  await of(ann, 'PATCH', '', { access: 'invite' })
  const made = (await of(ann, 'POST', '/links', { role: 'reader', uses: 1 })).body
  const [, secret] = made.url.split('#k=')
  expect(made.url).toBe(`http://hallway.test/r/${room}#k=${secret}`)
  const ben = newCookie()
  expect((await call(ben, 'GET', `/${room}`)).status).toBe(404)
  expect((await call(ben, 'POST', `/${room}/links/redeem`, { secret })).status).toBe(204)
  const reader = await RawClient.join(room, 'Ben', ben)
  reader.say('may I?')
  expect((await reader.next('error')).data.code).toBe('forbidden')
  expect((await call(newCookie(), 'POST', `/${room}/links/redeem`, { secret })).status).toBe(404)
  const second = (await of(ann, 'POST', '/links', { role: 'member' })).body
  const { links } = (await of(ann, 'GET', '/links')).body
  expect(links).toMatchObject([{ id: second.id, hash: second.id, role: 'member' }])
  expect(JSON.stringify(links)).not.toContain(second.url.split('#k=')[1])
  expect((await of(ann, 'DELETE', `/links/${second.id}`)).status).toBe(204)
  expect((await of(ann, 'GET', '/links')).body.links).toEqual([])
})

it('[HG7] a person who erases themselves is disconnected, and may come back as someone new', async () => {
  const { room, ann, of } = await annsRoom()
  const ben = await RawClient.join(room, 'Ben')
  ben.say('words to forget')
  await ben.next('ack')
  expect((await of(ben, 'DELETE', '/me')).status).toBe(204)
  expect((await ben.untilClosed()).reason).toBe('forgotten')
  expect((await ann.next('deleteChat')).data).toMatchObject({ ref: 1, username: '' })
  expect(JSON.stringify((await of(ann, 'GET', '/messages')).body)).not.toContain('words')
  expect((await of(ben, 'DELETE', '/me')).status).toBe(403)
  await RawClient.join(room, 'Benedict', ben.cookie)
})

it('[HG8] the alarm erases expired messages while the room is asleep and empty', async () => {
  const clock = clockLastMonth()
  const { room, ann, of } = await annsRoom()
  ann.say('before')
  await ann.next('ack')
  const stub = env.ROOMS.getByName(room)
  expect(await runDurableObjectAlarm(stub)).toBe(false)
  await of(ann, 'PATCH', '', { retention: '7d' })
  ann.close()
  await ann.untilClosed()
  await sleep(room)
  const at = await runInDurableObject(stub, (_, { storage }) => storage.getAlarm())
  expect(at).toBeGreaterThan(Date.now() + 7 * 24 * HOUR_MS - HOUR_MS)
  clock.pass(9 * 24 * HOUR_MS)
  expect(await runDurableObjectAlarm(stub)).toBe(true)
  expect((await of(ann, 'GET', '/messages')).body.messages).toEqual([])
  expect(await runInDurableObject(stub, (_, { storage }) => storage.getAlarm())).toBeNull()
  const again = await RawClient.join(room, 'Ann', ann.cookie)
  again.say('after')
  expect((await again.next('ack')).data.seq).toBe(2)
  await vi.waitFor(
    async () => expect(await runInDurableObject(stub, (_, { storage }) => storage.getAlarm())).not.toBeNull(),
    30_000,
  )
})
