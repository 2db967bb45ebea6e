import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DurableSql } from '../../src/platform/sql/durable-sql.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import { freshRoom, RawClient } from './raw-client.ts'
import { clockFromNow } from './worker-clock.ts'

const now = Date.now
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** The statement, once it has run with its values, fails as if the disk had. */
function failAfter(statement: RegExp): void {
  const { run } = DurableSql.prototype
  vi.spyOn(DurableSql.prototype, 'run').mockImplementation(function (this: DurableSql, text, ...values) {
    const rows = run.call(this, text, ...values)
    if (statement.test([text, ...values].join(' '))) throw new Error('The storage failed')
    return rows
  })
}

/** Writing the record of a private room that nobody has joined yet fails, once it is written. */
async function failAfterPut(room: string): Promise<() => void> {
  let allow = () => {}
  await runInDurableObject(env.ROOMS.getByName(room), (_, { storage: { kv } }) => {
    const put = kv.put.bind(kv)
    const failing = vi.spyOn(kv, 'put').mockImplementation((key, value) => {
      put(key, value)
      throw new Error('The storage failed')
    })
    allow = () => failing.mockRestore()
  })
  return () => allow()
}

async function failureOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call()
    return ''
  } catch (fault) {
    return String(fault)
  }
}

const instanceOf = (room: string) => runInDurableObject(env.ROOMS.getByName(room), (instance) => instance)

const accessOf = (room: string) =>
  runInDurableObject(env.ROOMS.getByName(room), (_, { storage }) => {
    // A private room has no tables before somebody joins it.
    const pending = storage.kv.get<string>('pending')
    if (pending !== undefined) return JSON.parse(pending).access
    const [row] = storage.sql.exec('SELECT access FROM room').toArray()
    return JSON.parse(String(row?.access))
  })

const tablesOf = (room: string) =>
  runInDurableObject(env.ROOMS.getByName(room), (_, { storage }) => {
    const tables = storage.sql.exec("SELECT name FROM sqlite_schema WHERE type = 'table'").toArray()
    return tables.map(({ name }) => String(name)).filter((name) => !name.startsWith('_cf_'))
  })

const members = [
  { session: 's-ann', username: 'Ann' },
  { session: 's-ben', username: 'Ben' },
]
const pairOf = (home: string, invited: string) => ({ home, members, invited })

it('[FS3] a room whose creation could not be saved ends its object, and is created by the next request', async () => {
  const room = freshRoom()
  const before = await instanceOf(room)
  failAfter(/INTO room/)
  expect(await failureOf(() => env.ROOMS.getByName(room).make('s-ann'))).toMatch(/failed/)
  vi.restoreAllMocks()
  await env.ROOMS.getByName(room).make('s-ann')
  expect(await instanceOf(room)).not.toBe(before)
  expect(await accessOf(room)).toEqual({ kind: 'open', owner: 's-ann' })
})

it('[FS4] a private room that could not save its wait for a person does not wait', async () => {
  const room = 'p'.repeat(26)
  const stub = env.ROOMS.getByName(room)
  const clock = clockFromNow()
  await stub.openPair(pairOf('hall', 's-ann'))
  const allow = await failAfterPut(room)
  expect(await failureOf(() => env.ROOMS.getByName(room).openPair(pairOf('hall', 's-ben')))).toMatch(
    /unavailable/,
  )
  allow()
  expect(await accessOf(room)).toMatchObject({ waiting: ['s-ann'] })
  clock.pass(60_000)
  await env.ROOMS.getByName(room).openPair(pairOf('hall', 's-ben'))
  expect(await accessOf(room)).toMatchObject({ waiting: ['s-ann', 's-ben'] })
})

it('[FS5] a room that could not save a visit ends its object, and everyone in it reconnects', async () => {
  const ann = await RawClient.join(freshRoom(), 'Ann')
  const before = await instanceOf(ann.room)
  failAfter(/FROM invitations/)
  expect(await failureOf(() => env.ROOMS.getByName(ann.room).visited('s-ben', 'pair'))).toMatch(/failed/)
  vi.restoreAllMocks()
  await ann.untilClosed()
  expect(await instanceOf(ann.room)).not.toBe(before)
})

it('[FS6] a private room that could not save its home room’s confirmation of a visit reports the visit again', async () => {
  const ann = await RawClient.join(freshRoom(), 'Ann')
  const ben = await RawClient.join(ann.room, 'Ben')
  ann.send('newRoom', { username2: 'Ben' })
  const { room } = (await ann.next('newRoom')).data
  const before = await instanceOf(room)
  const knock = () => RawClient.open(room, ben.cookie)
  const inside = await knock()
  failAfter(/INTO room.*"waiting":\[\]/s)
  inside.send('userJoin', { username: 'Ben', room })
  await inside.next('joined')
  await inside.untilClosed()
  vi.restoreAllMocks()
  expect(await accessOf(room)).toMatchObject({ waiting: [expect.any(String)] })
  expect(await instanceOf(room)).not.toBe(before)
  const again = await knock()
  again.send('userJoin', { username: 'Ben', room })
  await again.next('joined')
  await vi.waitFor(async () => expect(await accessOf(room)).toMatchObject({ waiting: [] }))
})

it('[FS7] a room that could not save the read marker of a dead socket ends its object, and announces nothing', async () => {
  const ann = await RawClient.join(freshRoom(), 'Ann')
  const ben = await RawClient.join(ann.room, 'Ben')
  ann.say('tea?')
  await ben.next('updateChat')
  ben.send('markRead', { seq: 1, room: ann.room })
  await ben.rest()
  await ann.rest()
  const before = await instanceOf(ann.room)
  await runInDurableObject(env.ROOMS.getByName(ann.room), (_, state) => {
    const isBen = (socket: WebSocket) => socket.deserializeAttachment()?.username === 'Ben'
    Object.defineProperty(state.getWebSockets().find(isBen), 'readyState', { value: WebSocket.CLOSED })
  })
  vi.spyOn(Date, 'now').mockImplementation(() => now() + LIMITS.staleLookMs)
  failAfter(/SET read/)
  const heard = ann.frames.length
  ann.say('anyone here?')
  await ann.untilClosed()
  vi.restoreAllMocks()
  expect(ann.frames.slice(heard)).toEqual([])
  expect(await instanceOf(ann.room)).not.toBe(before)
  const back = await RawClient.join(ann.room, 'Ann', ann.cookie)
  expect((await back.next('msgHistory')).data).toMatchObject([{ body: 'tea?' }])
})

it('[FS8] a private room whose first join could not be saved has no tables, and gets them at the next join', async () => {
  const ann = await RawClient.join(freshRoom(), 'Ann')
  const ben = await RawClient.join(ann.room, 'Ben')
  ann.send('newRoom', { username2: 'Ben' })
  const { room } = (await ann.next('newRoom')).data
  const before = await instanceOf(room)
  const inside = await RawClient.open(room, ben.cookie)
  failAfter(/INTO people/)
  inside.send('userJoin', { username: 'Ben', room })
  await inside.untilClosed()
  vi.restoreAllMocks()
  expect(inside.frames).toEqual([])
  expect(await tablesOf(room)).toEqual([])
  expect(await accessOf(room)).toMatchObject({ waiting: [expect.any(String)] })
  expect(await instanceOf(room)).not.toBe(before)
  await RawClient.join(room, 'Ben', ben.cookie)
  expect(await tablesOf(room)).toContain('people')
})
