import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Timer } from '../../src/durable/room/timer.ts'
import type { UsageReport } from '../../src/platform/billing/bill.ts'
import { PRICES } from '../../src/platform/billing/prices.ts'
import { DurableSql } from '../../src/platform/sql/durable-sql.ts'
import { COUNTS_OF } from '../../tools/cost/forecast.ts'
import { freshRoom, newCookie, RawClient, request, sleep } from './raw-client.ts'
import { clockLastMonth, HOUR_MS, MORNING } from './worker-clock.ts'

/** Rows that a room writes when it begins. */
const NEW_ROOM_ROWS = COUNTS_OF.newRooms.rowsWritten ?? 0
const PATIENCE = { timeout: 30_000, interval: 100 }

let clock: ReturnType<typeof clockLastMonth>
beforeEach(() => {
  clock = clockLastMonth()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const ask = (room: string, cookie: string) =>
  request(`/api/rooms/${room}/usage`, { headers: { Cookie: cookie } })

async function usageOf({ room, cookie }: { room: string; cookie: string }): Promise<UsageReport> {
  const response = await ask(room, cookie)
  expect(response.status).toBe(200)
  return response.json<UsageReport>()
}

async function say(raw: RawClient, times = 1): Promise<void> {
  for (let n = 0; n < times; n++) {
    raw.say(`number ${n}`)
    await raw.next('ack')
  }
}

/** Closes a connection, and waits until the room has announced the leave and set no further timer. */
async function leave(raw: RawClient, left: number): Promise<void> {
  const timer = vi.spyOn(Timer.prototype, 'set')
  raw.close()
  await raw.untilClosed()
  await vi.waitFor(async () => {
    const { online } = await (await request(`/api/rooms/${raw.room}`)).json<{ online: number }>()
    expect(online).toBe(left)
  }, PATIENCE)
  await vi.waitFor(() => expect(timer.mock.lastCall?.[0]).toBeUndefined(), PATIENCE)
}

/** Counts the saves of usage. */
function watchSaves(): () => number {
  const run = vi.spyOn(DurableSql.prototype, 'run')
  return () => run.mock.calls.filter(([statement]) => statement.includes('INTO usage')).length
}

describe('who sees a room’s usage', () => {
  it('[US1] the owner sees it, even before joining, and nobody else in the room', async () => {
    const owner = newCookie()
    const made = await request('/api/rooms', { method: 'POST', headers: { Cookie: owner } })
    const { room } = await made.json<{ room: string }>()
    expect((await ask(room, owner)).status).toBe(200)
    const ann = await RawClient.join(room, 'Ann', owner)
    const ben = await RawClient.join(room, 'Ben')
    expect((await ask(room, ann.cookie)).status).toBe(200)
    for (const cookie of [ben.cookie, newCookie()]) {
      const refused = await ask(room, cookie)
      expect([refused.status, await refused.json()]).toEqual([
        403,
        expect.objectContaining({ code: 'forbidden' }),
      ])
    }
  })

  it('[US2] everyone who has joined sees it, present or not, if there is no owner', async () => {
    const room = freshRoom()
    const stranger = newCookie()
    expect((await ask(room, stranger)).status).toBe(403)
    const ann = await RawClient.join(room, 'Ann')
    expect((await ask(room, ann.cookie)).status).toBe(200)
    ann.close()
    await ann.untilClosed()
    expect((await ask(room, ann.cookie)).status).toBe(200)
    expect((await ask(room, stranger)).status).toBe(403)
  })

  it('[US3] both people of a private room see it, and to anyone else the room looks missing', async () => {
    const room = freshRoom()
    const [ann, ben] = [await RawClient.join(room, 'Ann'), await RawClient.join(room, 'Ben')]
    ann.send('newRoom', { username2: 'Ben' })
    const made = (await ann.next('newRoom')).data.room
    await RawClient.join(made, 'Ben', ben.cookie)
    expect((await ask(made, ben.cookie)).status).toBe(200)
    expect((await ask(made, newCookie())).status).toBe(404)
  })
})

describe.each([
  ['awake', async () => {}],
  ['asleep in between', sleep],
])('a room’s usage, %s', (_kind, pause: (room: string) => Promise<void>) => {
  it('[US4] counts messages, changes, frames at 20 to 1, calls, and rows by the database’s cursors', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    await pause(room)
    await say(ann, 3)
    await pause(room)
    ann.send('editChat', { ref: 1, body: 'number none', room })
    await ann.next('ack')
    await pause(room)
    const report = await usageOf(ann)
    const spent = {
      from: expect.any(Number),
      changes: 4,
      messages: 3,
      frames: 5,
      requests: 2 + 5 / 20,
      rowsRead: expect.any(Number),
      // The new room, Ann, three messages, and an edit.
      rowsWritten: NEW_ROOM_ROWS + 2 + 3 + 2,
      estimatedActiveSeconds: expect.any(Number),
    }
    expect(report).toMatchObject({
      room,
      savedAt: null,
      uncounted: 0,
      day: spent,
      month: spent,
      prices: { date: PRICES.date, source: PRICES.source },
    })
    expect(report.storedBytes).toBeGreaterThan(4_096)
    expect(report.day.rowsRead).toBeGreaterThan(20)
  })

  it('[US5] covers the day and the month, with the share of the free plan’s day and the price', async () => {
    const ann = await RawClient.join(freshRoom(), 'Ann')
    await say(ann, 2)
    await pause(ann.room)
    clock.pass(24 * HOUR_MS)
    await say(ann)
    const { day, month, storedBytes } = await usageOf(ann)
    expect([day.messages, month.messages]).toEqual([1, 3])
    expect(new Date(day.from).toISOString()).toMatch(/-11T00:00:00\.000Z$/)
    expect(day.ofFreePlan).toMatchObject({
      rowsWritten: day.rowsWritten / 100_000,
      requests: day.requests / 100_000,
      duration: (day.estimatedActiveSeconds * 0.128) / 13_000,
      stored: storedBytes / 5e9,
    })
    expect(day.ofFreePlan.most).toBe(Math.max(day.ofFreePlan.rowsWritten, day.ofFreePlan.requests))
    const { total, ...parts } = month.dollars
    expect(parts.rowsWritten).toBeCloseTo(month.rowsWritten / 1e6, 12)
    expect(total).toBeCloseTo(
      Object.values(parts).reduce((sum, part) => sum + part),
      12,
    )
  })

  it('[US6] counts nothing for heartbeats', async () => {
    const ann = await RawClient.join(freshRoom(), 'Ann')
    await pause(ann.room)
    const before = await usageOf(ann)
    for (let n = 0; n < 30; n++) ann.text('ping')
    for (let n = 0; n < 30; n++) await ann.next('pong')
    await pause(ann.room)
    const { day } = await usageOf(ann)
    expect([day.frames, day.requests]).toEqual([before.day.frames, before.day.requests + 1])
  })

  it('[US7] survives the close of the socket that carried it', { timeout: 15_000 }, async () => {
    const room = freshRoom()
    const first = await RawClient.join(room, 'Ann')
    const second = await RawClient.join(room, 'Ben')
    await RawClient.join(room, 'Cleo')
    await say(first, 5)
    await pause(room)
    await leave(first, 2)
    await pause(room)
    expect(await usageOf(second)).toMatchObject({ uncounted: 0, day: { messages: 5, frames: 8 } })
  })

  it('[US11] survives if that socket sends something last, or closes while another sends', {
    timeout: 30_000,
  }, async () => {
    for (const lastWords of [true, false]) {
      const room = freshRoom()
      const first = await RawClient.join(room, 'Ann')
      const second = await RawClient.join(room, 'Ben')
      const third = await RawClient.join(room, 'Cleo')
      await say(first, 5)
      await pause(room)
      const speaker = lastWords ? first : second
      speaker.say('last words')
      await leave(first, 2)
      await third.until(({ data }) => data.body === 'last words')
      await pause(room)
      expect(await usageOf(second)).toMatchObject({ uncounted: 0, day: { messages: 6, frames: 9 } })
    }
  })
})

describe('saving a room’s usage', () => {
  it('[US8] writes one row after an hour and not before, and counts that row', async () => {
    const saves = watchSaves()
    const ann = await RawClient.join(freshRoom(), 'Ann')
    await say(ann, 2)
    clock.pass(HOUR_MS - 60_000)
    await say(ann, 2)
    const { day: before } = await usageOf(ann)
    expect(saves()).toBe(0)
    clock.pass(60_000)
    await say(ann, 3)
    expect(saves()).toBe(1)
    const { day, savedAt } = await usageOf(ann)
    expect(day.rowsWritten - before.rowsWritten).toBe(3 + 1)
    expect(savedAt).toBeGreaterThanOrEqual(MORNING + HOUR_MS)
    clock.pass(HOUR_MS - 60_000)
    await say(ann)
    expect(saves()).toBe(1)
    clock.pass(120_000)
    await say(ann)
    expect(saves()).toBe(2)
  })

  it('[US9] happens when the last connection leaves, once an hour: the log shows what was lost', {
    timeout: 20_000,
  }, async () => {
    const saves = watchSaves()
    const ann = await RawClient.join(freshRoom(), 'Ann')
    await say(ann, 4)
    await leave(ann, 0)
    expect(saves()).toBe(1)
    await sleep(ann.room)
    const again = await RawClient.join(ann.room, 'Ann', ann.cookie)
    expect(await usageOf(again)).toMatchObject({ uncounted: 0, day: { messages: 4, frames: 5 + 1 } })
    await say(again, 3)
    await leave(again, 0)
    await sleep(ann.room)
    expect(saves()).toBe(1)
    expect(await usageOf(again)).toMatchObject({ uncounted: 3, day: { messages: 4, changes: 4 } })
  })

  it('[US10] sets no alarm', async () => {
    const ann = await RawClient.join(freshRoom(), 'Ann')
    await say(ann)
    const alarm = await runInDurableObject(env.ROOMS.getByName(ann.room), (_instance, { storage }) =>
      storage.getAlarm(),
    )
    expect(alarm).toBeNull()
  })
})
