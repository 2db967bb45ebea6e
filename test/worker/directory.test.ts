import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DurableSql } from '../../src/platform/sql/durable-sql.ts'
import { type RoomEntry, SqlDirectory } from '../../src/platform/sql/sql-directory.ts'
import { ADMIN_TOKEN, callAdmin, setAdminToken } from './admin-calls.ts'
import { freshRoom, newCookie, RawClient, request, sleep } from './raw-client.ts'
import { shortenWaits } from './speed-up.ts'
import { clockLastMonth, HOUR_MS, MORNING } from './worker-clock.ts'

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

/** The reports of rooms. */
function watchReports(): () => RoomEntry[] {
  const report = vi.spyOn(SqlDirectory.prototype, 'report')
  return () => report.mock.calls.map(([entry]) => entry)
}

async function listed(room: string): Promise<RoomEntry | undefined> {
  const { rooms } = await (await callAdmin('GET', '/rooms?limit=1000')).json<{ rooms: RoomEntry[] }>()
  return rooms.find((entry) => entry.room === room)
}

async function say(raw: RawClient, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    raw.say('a few words')
    await raw.next('ack')
    clock.pass(100)
  }
}

describe('the index of rooms', () => {
  it('[DI1] gets a report when a room begins, and then at most one an hour while the room is used', async () => {
    const reports = watchReports()
    const ann = await RawClient.join(freshRoom(), 'Ann')
    const { room } = ann
    await vi.waitFor(() =>
      expect(reports()).toMatchObject([{ room, messages: 0, people: 1, access: 'open' }]),
    )
    await say(ann, 3)
    await RawClient.join(room, 'Ben')
    clock.pass(HOUR_MS)
    await say(ann, 2)
    await vi.waitFor(() => expect(reports()).toHaveLength(2))
    // The first message of the next hour sends the report.
    const entry = await listed(room)
    expect(entry).toMatchObject({ room, messages: 4, people: 2, access: 'open' })
    expect(entry?.madeAt).toBeGreaterThanOrEqual(MORNING)
    expect(entry?.activeAt).toBeGreaterThanOrEqual(MORNING + HOUR_MS)
    expect(entry?.storedBytes).toBeGreaterThan(4_096)
    for (let half = 0; half < 4; half++) {
      await sleep(room)
      clock.pass(HOUR_MS / 2)
      await say(ann, 2)
    }
    await vi.waitFor(() => expect(reports()).toHaveLength(4))
    expect(await listed(room)).toMatchObject({ messages: 5 + 8 - 1, madeAt: entry?.madeAt })
  })

  it('[DI2] costs two rows for each report, one of the room and one of the day, and reads each message once', async () => {
    const entry = { room: freshRoom(), madeAt: 1, activeAt: 1, messages: 0, storedBytes: 1, people: 1 }
    await runInDurableObject(env.DIRECTORY.getByName('counted'), (_instance, { storage }) => {
      const sql = new DurableSql(storage)
      const directory = new SqlDirectory(sql)
      const cost = (work: () => void) => {
        const before = sql.rowsWritten
        work()
        return sql.rowsWritten - before
      }
      const used = { day: 1, requests: 1, duration: 1, rowsRead: 1, rowsWritten: 1 }
      for (const messages of [0, 10, 20])
        expect(cost(() => directory.report({ ...entry, messages, access: 'open', used }))).toBe(2)
      expect(cost(() => directory.remove(entry.room))).toBe(1)
      expect(cost(() => directory.remove(entry.room))).toBe(0)
    })
    const run = vi.spyOn(DurableSql.prototype, 'run')
    const ann = await RawClient.join(freshRoom(), 'Ann')
    for (let hour = 0; hour < 3; hour++) {
      await say(ann, 4)
      clock.pass(HOUR_MS)
    }
    await say(ann, 1)
    const counts = run.mock.calls.filter(([statement]) => statement.includes('FROM messages WHERE seq > ?'))
    const froms = counts.filter(([statement]) => statement.includes('COUNT')).map(([, from]) => from)
    expect(froms).toEqual([0, 0, 5, 9])
  })

  it('[DI3] drops an erased room, and lists it again when it begins again', async () => {
    const ann = await RawClient.join(freshRoom(), 'Ann')
    await vi.waitFor(async () => expect(await listed(ann.room)).toBeDefined())
    await env.ROOMS.getByName(ann.room).purge()
    expect(await listed(ann.room)).toBeUndefined()
    await RawClient.join(ann.room, 'Ben')
    await vi.waitFor(async () => expect(await listed(ann.room)).toMatchObject({ messages: 0, people: 1 }))
    const cookie = newCookie()
    const made = await request('/api/rooms', { method: 'POST', headers: { Cookie: cookie } })
    const { room } = await made.json<{ room: string }>()
    await vi.waitFor(async () => expect(await listed(room)).toMatchObject({ people: 0 }))
    await request(`/api/rooms/${room}`, { method: 'DELETE', headers: { Cookie: cookie } })
    expect(await listed(room)).toBeUndefined()
  })

  it.each([undefined, '', 'too short'])(
    '[DI4] does not exist, and costs nothing, if the secret is %j',
    async (token) => {
      setAdminToken(token)
      const reports = watchReports()
      const reached = vi.spyOn(env.DIRECTORY, 'getByName')
      const run = vi.spyOn(DurableSql.prototype, 'run')
      const ann = await RawClient.join(freshRoom(), 'Ann')
      await say(ann, 2)
      clock.pass(HOUR_MS)
      await say(ann, 2)
      await env.ROOMS.getByName(ann.room).purge()
      expect(run.mock.calls.filter(([statement]) => statement.includes('COUNT(*)'))).toEqual([])
      expect([reports(), reached.mock.calls]).toEqual([[], []])
    },
  )

  it('[DI6] lists a room that is older than the secret with its next change, once, and none that is only read', async () => {
    setAdminToken(undefined)
    const ann = await RawClient.join(freshRoom(), 'Ann')
    const quiet = await RawClient.join(freshRoom(), 'Ann')
    await say(ann, 2)
    for (const { room } of [ann, quiet]) await sleep(room)
    setAdminToken(ADMIN_TOKEN)
    const reports = watchReports()
    await say(ann, 3)
    await vi.waitFor(async () => expect(await listed(ann.room)).toMatchObject({ messages: 3, people: 1 }))
    await sleep(ann.room)
    await say(ann, 2)
    for (let times = 0; times < 2; times++) {
      await request(`/api/rooms/${quiet.room}/messages`)
      await sleep(quiet.room)
    }
    expect(reports().map(({ room }) => room)).toEqual([ann.room])
  })

  it('[DI5] costs a room only a log line while it is unreachable', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    const report = vi.spyOn(SqlDirectory.prototype, 'report').mockImplementation(() => {
      throw new Error('a secret')
    })
    const ann = await RawClient.join(freshRoom(), 'Ann')
    await say(ann, 2)
    await vi.waitFor(() => expect(told).toHaveBeenCalled())
    expect(String(told.mock.lastCall?.[0])).toMatch(/^\{"event":"room not listed","fault":"Error"/)
    report.mockRestore()
    clock.pass(HOUR_MS)
    await say(ann, 1)
    await vi.waitFor(async () => expect(await listed(ann.room)).toMatchObject({ messages: 3 }))
  })
})
