import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type DayAmounts, dayOf } from '../../src/platform/billing/day-use.ts'
import { DurableSql } from '../../src/platform/sql/durable-sql.ts'
import { SqlDirectory } from '../../src/platform/sql/sql-directory.ts'
import { ADMIN_TOKEN, callAdmin, setAdminToken } from './admin-calls.ts'
import { freshRoom, RawClient } from './raw-client.ts'
import { clockLastMonth, HOUR_MS, MORNING } from './worker-clock.ts'

let clock: ReturnType<typeof clockLastMonth>
beforeEach(() => {
  clock = clockLastMonth()
  setAdminToken(ADMIN_TOKEN)
})
afterEach(() => {
  vi.restoreAllMocks()
  setAdminToken(undefined)
})

const NONE: DayAmounts = { requests: 0, duration: 0, rowsRead: 0, rowsWritten: 0 }
const TODAY = dayOf(MORNING)

function entry(room: string, amounts: Partial<DayAmounts>, day = TODAY) {
  const about = { room, madeAt: 1, activeAt: 1, messages: 0, storedBytes: 1, people: 1, access: 'open' }
  return { ...about, used: { day, ...NONE, ...amounts } }
}

function inDirectory<T>(work: (directory: SqlDirectory) => T): Promise<T> {
  const stub = env.DIRECTORY.getByName(freshRoom())
  return runInDurableObject(stub, (_, { storage }) => work(new SqlDirectory(new DurableSql(storage))))
}

it('[DA1] a day’s use is the sum of what rooms have told, each counted once, and begins at 0 each day', async () => {
  await inDirectory((directory) => {
    for (const rowsWritten of [10, 10, 25]) directory.report(entry('a', { rowsWritten }))
    directory.report(entry('b', { rowsWritten: 5, requests: 90_000 }))
    directory.report(entry('c', { rowsRead: 3 }, TODAY - 1))
    const { access, used: _, ...older } = entry('d', {})
    directory.report({ ...older, access })
    const a = { room: 'a', ...NONE, rowsWritten: 25 }
    const b = { room: 'b', ...NONE, rowsWritten: 5, requests: 90_000 }
    expect(directory.day(TODAY)).toEqual({
      used: { ...NONE, rowsWritten: 30, requests: 90_000 },
      rooms: [b, a],
    })
    // Erased, begun again, and counted from 0.
    directory.remove('a')
    directory.report(entry('a', { rowsWritten: 4 }))
    expect(directory.day(TODAY).used).toMatchObject({ rowsWritten: 34 })
    directory.report(entry('a', { rowsWritten: 1 }, TODAY + 1))
    expect(directory.day(TODAY + 1)).toEqual({
      used: { ...NONE, rowsWritten: 1 },
      rooms: [{ room: 'a', ...NONE, rowsWritten: 1 }],
    })
    expect(directory.day(TODAY + 2)).toEqual({ used: NONE, rooms: [] })
  })
})

it.each([
  ['rowsWritten', 79_999, 80_000],
  ['rowsRead', 3_999_999, 4_000_000],
  ['requests', 79_999, 80_000],
  ['duration', 10_399, 10_400],
] as const)(
  '[DA2] at 80 percent of a free day’s %s there is one warning, and another one only the next day',
  async (meter, below, at) => {
    await inDirectory((directory) => {
      const told = (room: string, amount: number, day = TODAY) =>
        directory.report(entry(room, { [meter]: amount }, day)) !== undefined
      expect([told('a', below), told('b', at - below), told('b', at), told('a', at)]).toEqual([
        false,
        true,
        false,
        false,
      ])
      expect([told('a', below, TODAY + 1), told('a', at, TODAY + 1), told('c', at, TODAY + 1)]).toEqual([
        false,
        true,
        false,
      ])
    })
  },
)

it('[DA3] the warning is a line in the log with shares and without the names of rooms', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  const room = freshRoom()
  await env.DIRECTORY.getByName('all').report(entry(room, { rowsWritten: 90_000 }))
  await env.DIRECTORY.getByName('all').report(entry(room, { rowsWritten: 99_000 }))
  const shares = '"requests":0,"duration":0,"rowsRead":0,"rowsWritten":0.9'
  expect(logged.mock.calls).toEqual([[`{"event":"day nearly used up",${shares}}`]])
  await env.DIRECTORY.getByName('all').remove(room)
})

it('[DA4] the operator sees what rooms used today, from what they count themselves, an hour later', async () => {
  clock.pass(24 * HOUR_MS)
  const ann = await RawClient.join(freshRoom(), 'Ann')
  const say = async (times: number) => {
    for (let n = 0; n < times; n++) {
      ann.say('a few words')
      await ann.next('ack')
      clock.pass(100)
    }
  }
  await say(5)
  clock.pass(HOUR_MS)
  await say(1)
  const day = async () => {
    const answer = await callAdmin('GET', '/day')
    return answer.json<{ day: string; used: DayAmounts; rooms: (DayAmounts & { room: string })[] }>()
  }
  await vi.waitFor(async () => expect((await day()).rooms[0]?.rowsWritten).toBeGreaterThan(50))
  const { day: date, used, rooms } = await day()
  expect(date).toBe(new Date(MORNING + 24 * HOUR_MS).toISOString().slice(0, 10))
  expect(rooms.map(({ room }) => room)).toEqual([ann.room])
  expect(rooms[0]).toEqual({ room: ann.room, ...used })
  expect(used).toMatchObject({ requests: expect.any(Number), ofFreePlan: used.rowsWritten / 100_000 })
})
