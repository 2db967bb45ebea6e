import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'
import { freshRoom, newCookie, RawClient, sleep } from './raw-client.ts'

/** The platform stamps heartbeats with its own clock, which no test can set. */
const platformNow = Date.now
let passed = 0
beforeEach(() => {
  passed = 0
  vi.spyOn(Date, 'now').mockImplementation(() => platformNow() + passed)
})
afterEach(() => {
  vi.restoreAllMocks()
})
const pass = (ms: number) => {
  passed += ms
}

async function ping(raw: RawClient): Promise<void> {
  raw.text('ping')
  await raw.next('pong')
}

async function three(pause: (room: string) => Promise<void>) {
  const room = freshRoom()
  const ann = await RawClient.join(room, 'Ann')
  const ben = await RawClient.join(room, 'Ben')
  const cleo = await RawClient.join(room, 'Cleo')
  await ann.until(({ event, data }) => event === 'activeUsers' && data.length === 3)
  await ping(ben)
  await pause(room)
  return { room, ann, ben, cleo }
}

/** All rosters from the frame `from` on. Waits for the first. */
async function rosters(raw: RawClient, from: number): Promise<string[][]> {
  const all = () => raw.frames.slice(from).filter(({ event }) => event === 'activeUsers')
  await raw.rest()
  if (all().length === 0) await raw.next('activeUsers')
  return all().map(({ data }) => data.toSorted())
}

describe.each([
  ['awake', async () => {}],
  ['asleep in between', sleep],
])('a silent connection, in a room %s', (_kind, pause: (room: string) => Promise<void>) => {
  it('[GH1] is closed at the next wake after its heartbeat stopped, and everyone gets the same roster', async () => {
    const { ann, ben, cleo } = await three(pause)
    const told = [ann.frames.length, cleo.frames.length] as const
    pass(LIMITS.staleMs + 1_000)
    ann.say('anyone here?')
    expect(await ben.untilClosed()).toEqual({ code: 4410, reason: 'silent' })
    await cleo.until(({ event, data }) => event === 'updateChat' && data.body === 'anyone here?')
    expect(new Set((await rosters(ann, told[0])).flat())).toEqual(new Set(['Ann', 'Cleo']))
    expect(new Set((await rosters(cleo, told[1])).flat())).toEqual(new Set(['Ann', 'Cleo']))
    expect(ben.frames.map(({ data }) => data.body)).not.toContain('anyone here?')
  })

  it('[GH10] is also closed if it never joined, but a new one has time to join', async () => {
    const { room, ann } = await three(pause)
    const idler = await RawClient.open(room)
    await pause(room)
    pass(LIMITS.unjoinedMs - 1_000)
    const young = await RawClient.open(room)
    pass(2_000)
    ann.say('anyone here?')
    expect(await idler.untilClosed()).toEqual({ code: 4410, reason: 'silent' })
    young.send('userJoin', { username: 'Dan', room })
    await young.next('joined')
  })

  it('[GH2] stays open with a heartbeat, and if it never had a heartbeat', async () => {
    const { room, ann, ben, cleo } = await three(pause)
    pass(LIMITS.staleMs - 1_000)
    ann.say('anyone here?')
    await ann.next('ack')
    for (const raw of [ben, cleo]) await raw.until(({ data }) => data.body === 'anyone here?')
    const dan = await RawClient.join(room, 'Dan')
    expect((await dan.next('activeUsers')).data.toSorted()).toEqual(['Ann', 'Ben', 'Cleo', 'Dan'])
  })

  it('[GH3] stays open if it sends a frame just then', async () => {
    const { ann, ben } = await three(pause)
    pass(LIMITS.staleMs + 1_000)
    ben.say('only my heartbeat stopped')
    await ben.next('ack')
    await ann.until(({ data }) => data.body === 'only my heartbeat stopped')
    expect(ben.closed).toBeUndefined()
  })
})

it('[GH4] a connection that is already closing is removed before anything is sent', async () => {
  const { room, ann } = await three(async () => {})
  await runInDurableObject(env.ROOMS.getByName(room), (_room, state) => {
    const isCleo = (socket: WebSocket) => socket.deserializeAttachment()?.username === 'Cleo'
    Object.defineProperty(state.getWebSockets().find(isCleo), 'readyState', { value: WebSocket.CLOSED })
  })
  pass(LIMITS.staleLookMs)
  ann.say('anyone here?')
  expect((await ann.next('userLeave')).data).toMatchObject({ username: 'Cleo' })
  expect((await ann.next('ack')).data).toMatchObject({ seq: 1 })
})

it('[GH5] a person taken for gone resumes and misses nothing', async () => {
  const room = freshRoom()
  const cookie = newCookie()
  const ann = await RawClient.join(room, 'Ann')
  const ben = await RawClient.join(room, 'Ben', cookie)
  const { epoch } = ben.frames[0]?.data ?? {}
  await ping(ben)
  await sleep(room)
  pass(LIMITS.staleMs + 1_000)
  ann.say('one')
  await ben.untilClosed()
  const back = await RawClient.join(room, 'Ben', cookie, { after: 0, epoch })
  expect(back.frames[0]?.data).toMatchObject({ resumed: true })
  expect((await back.next('updateChat')).data).toMatchObject({ seq: 1, body: 'one' })
  await ann.until(({ event, data }) => event === 'activeUsers' && data.length === 2)
})
