import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { SESSION_HEADER } from '../../src/durable/room/room-caller.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import { type Frame, freshRoom, newCookie, RawClient, request, sleep, upgrade } from './raw-client.ts'
import { shortenWaits } from './speed-up.ts'

shortenWaits()
Object.assign(LIMITS, { watchGatherMs: 10 })
beforeEach(() => {
  vi.restoreAllMocks()
})

const NEVER_MADE = 'b'.repeat(26)
const PATHS = ['', '/messages', '/usage', '/ws']

const erase = (room: string, cookie: string) =>
  request(`/api/rooms/${room}`, { method: 'DELETE', headers: { Cookie: cookie } })

async function make(): Promise<{ room: string; cookie: string }> {
  const cookie = newCookie()
  const made = await request('/api/rooms', { method: 'POST', headers: { Cookie: cookie } })
  const { room } = await made.json<{ room: string }>()
  return { room, cookie }
}

/** A response without the headers that differ for each request. */
async function whole(response: Response) {
  const headers = [...response.headers].filter(([name]) => name !== 'x-request-id')
  return [response.status, headers, await response.text()]
}

/** The stored data of a room. */
function left(room: string): Promise<{ tables: number; alarm: number | null }> {
  return runInDurableObject(env.ROOMS.getByName(room), async (_instance, { storage }) => ({
    tables: storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'")
      .toArray().length,
    alarm: await storage.getAlarm(),
  }))
}

async function say(raw: RawClient, ...bodies: string[]): Promise<void> {
  for (const body of bodies) {
    raw.say(body)
    await raw.next('ack')
  }
}

const faults = () => vi.spyOn(console, 'error')

describe.each([
  ['awake', async () => {}],
  ['asleep in between', sleep],
])('erasing a room, %s', (_kind, pause: (room: string) => Promise<void>) => {
  it('[EA1] removes all stored data, the alarm, every connection and the links', async () => {
    const told = faults()
    const { room, cookie } = await make()
    const ann = await RawClient.join(room, 'Ann', cookie)
    const ben = await RawClient.join(room, 'Ben')
    const watching = await RawClient.join(room, 'Ben', ben.cookie, { watch: true })
    const unsaid = await RawClient.open(room)
    await say(ann, 'one', 'two')
    await runInDurableObject(env.ROOMS.getByName(room), (_instance, { storage }) =>
      storage.setAlarm(Date.now() + 1e9),
    )
    await pause(room)
    const answer = await erase(room, cookie)
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    for (const raw of [ann, ben, watching, unsaid]) {
      expect(await raw.untilClosed()).toEqual({ code: 4404, reason: 'erased' })
    }
    for (const path of PATHS) {
      const ask = async (name: string) =>
        whole(
          await request(`/api/rooms/${name}${path}`, { headers: { Cookie: cookie, Upgrade: 'websocket' } }),
        )
      expect([path, await ask(room)]).toEqual([path, await ask(NEVER_MADE)])
    }
    expect(await whole(await erase(room, cookie))).toEqual(await whole(await erase(NEVER_MADE, cookie)))
    await pause(room)
    expect((await upgrade(room, { Cookie: cookie })).status).toBe(404)
    expect(await left(room)).toEqual({ tables: 0, alarm: null })
    expect(told).not.toHaveBeenCalled()
  })

  it('[EA2] lets a named room begin again with a new epoch: nothing resumes, and the old outbox is stale', async () => {
    const told = faults()
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    const ben = await RawClient.join(room, 'Ben')
    const { epoch, by } = ann.frames[0]?.data ?? {}
    await say(ann, 'one', 'two')
    await pause(room)
    await env.ROOMS.getByName(room).purge()
    expect(await ann.untilClosed()).toEqual({ code: 4404, reason: 'erased' })
    await pause(room)
    expect(await (await request(`/api/rooms/${room}`)).json()).toMatchObject({
      seq: 0,
      epoch: null,
      online: 0,
    })
    const back = await RawClient.join(room, 'Ann', ann.cookie, { after: 2, epoch })
    const joined = back.frames[0]?.data
    expect(joined).toMatchObject({ by, seq: 0, resumed: false, role: 'member', topic: '' })
    expect(joined.epoch).not.toBe(epoch)
    expect((await back.next('msgHistory')).data).toEqual([])
    await pause(room)
    back.say('three', { id: 'kept', since: 2, epoch })
    expect((await back.next('error')).data).toMatchObject({ code: 'stale', id: 'kept' })
    back.say('three', { id: 'kept', since: 0, epoch: joined.epoch })
    expect((await back.next('ack')).data).toMatchObject({ id: 'kept', seq: 1 })
    const other = await RawClient.join(room, 'Ann the second', ben.cookie)
    await pause(room)
    other.send('setTopic', { topic: 'Boats', room })
    expect((await other.next('ack')).data.seq).toBe(2)
    other.text('ping')
    expect((await other.next('pong')).data).toBe(2)
    const used = await request(`/api/rooms/${room}/usage`, { headers: { Cookie: ann.cookie } })
    expect(await used.json()).toMatchObject({ uncounted: 0, day: { messages: 1, changes: 2 } })
    await env.ROOMS.getByName(room).purge()
    expect(await other.untilClosed()).toEqual({ code: 4404, reason: 'erased' })
    expect(await left(room)).toEqual({ tables: 0, alarm: null })
    expect(told).not.toHaveBeenCalled()
  })

  it('[EA3] is allowed to the owner, even before they join, and to nobody else', async () => {
    const { room, cookie } = await make()
    const ben = await RawClient.join(room, 'Ben')
    await pause(room)
    for (const other of [ben.cookie, newCookie()]) {
      const refused = await erase(room, other)
      expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'forbidden' }])
    }
    await say(ben, 'still here')
    await pause(room)
    expect((await erase(room, cookie)).status).toBe(204)
    const open = freshRoom()
    const cleo = await RawClient.join(open, 'Cleo')
    await pause(open)
    expect((await erase(open, cleo.cookie)).status).toBe(403)
    expect((await erase(freshRoom(), cleo.cookie)).status).toBe(403)
    expect((await erase('no_room', cleo.cookie)).status).toBe(400)
    await say(cleo, 'still here')
  })

  it('[EA4] of a private room is allowed to both people, and withdraws its invitation', async () => {
    const home = freshRoom()
    const ann = await RawClient.join(home, 'Ann')
    const ben = await RawClient.join(home, 'Ben')
    ann.send('newRoom', { username2: 'Ben' })
    const { room } = (await ann.next('newRoom')).data
    const inside = await RawClient.join(room, 'Ann', ann.cookie)
    await say(inside, 'just us')
    await pause(room)
    await pause(home)
    expect((await erase(room, newCookie())).status).toBe(404)
    expect((await erase(room, ben.cookie)).status).toBe(204)
    expect(await inside.untilClosed()).toEqual({ code: 4404, reason: 'erased' })
    expect((await upgrade(room, { Cookie: ann.cookie })).status).toBe(404)
    await pause(home)
    const invited = async () => {
      const again = await RawClient.join(home, 'Ben', ben.cookie)
      return (await again.rest()).filter(({ event }: Frame) => event === 'newRoom')
    }
    await vi.waitFor(async () => expect(await invited()).toEqual([]))
    ann.send('newRoom', { username2: 'Ben' })
    expect((await ann.next('newRoom')).data).toMatchObject({ room, created: false, joined: false })
    const again = await RawClient.join(room, 'Ben', ben.cookie)
    expect(again.frames[0]?.data).toMatchObject({ access: 'private', seq: 0 })
    expect((await erase(room, ann.cookie)).status).toBe(204)
  })
})

it('[EA5] erasing while people write and join leaves none of their data, and the room keeps working', async () => {
  const told = faults()
  const room = freshRoom()
  const ann = await RawClient.join(room, 'Ann')
  const ben = await RawClient.join(room, 'Ben')
  for (let n = 0; n < 20; n++) ann.say(`number ${n}`)
  ann.send('newRoom', { username2: 'Ben' })
  ann.send('userTyping', { username: 'Ann', room })
  const [, coming] = await Promise.all([env.ROOMS.getByName(room).purge(), RawClient.open(room)])
  for (const raw of [ann, ben]) expect(await raw.untilClosed()).toEqual({ code: 4404, reason: 'erased' })
  if (coming.closed === undefined) {
    coming.send('userJoin', { username: 'Cleo', room })
    await vi.waitFor(() => expect(coming.closed ?? coming.frames[0]).toBeDefined())
  }
  const cleo = await RawClient.join(room, 'Cleo', coming.cookie)
  expect((await cleo.next('msgHistory')).data).toEqual([])
  await say(cleo, 'again')
  await sleep(room)
  const back = await RawClient.join(room, 'Ann', ann.cookie)
  expect((await back.next('msgHistory')).data).toMatchObject([{ seq: 1, body: 'again' }])
  expect(told).not.toHaveBeenCalled()
})

it('[EA6] a join that began before its room was erased is refused', async () => {
  const { room } = await make()
  await runInDurableObject(env.ROOMS.getByName(room), async (instance) => {
    const coming = instance.fetch(
      new Request('http://hallway.test', { headers: { [SESSION_HEADER]: 'someone', Upgrade: 'websocket' } }),
    )
    await instance.purge()
    expect(await (await coming).json()).toEqual({ code: 'not-found' })
  })
})
