import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { MaintenanceAlarm } from '../../src/durable/room/maintenance-alarm.ts'
import { AttemptLimit } from '../../src/http/attempt-limit.ts'
import { DurableSql } from '../../src/platform/sql/durable-sql.ts'
import { freshRoom, RawClient, sleep } from './raw-client.ts'
import { clockLastMonth, HOUR_MS } from './worker-clock.ts'

const BACK_MS = 5 * HOUR_MS

let clock: ReturnType<typeof clockLastMonth>
beforeEach(() => {
  clock = clockLastMonth()
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** A storage with one alarm. */
class OneAlarm {
  at: number | null = null
  /** How many times setting it fails. */
  failures = 0
  sets = 0

  async getAlarm(): Promise<number | null> {
    return this.at
  }

  async setAlarm(at: number | Date): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1
      throw new Error('The storage refuses')
    }
    this.sets += 1
    this.at = Number(at)
  }
}

function alarmOf(storage: OneAlarm, eraseBatch: () => Promise<number> = async () => 0) {
  return new MaintenanceAlarm(storage, { due: (now) => now, eraseBatch, wasSet: () => {} })
}

it('[SB9] an erasure that waited until it could be paid is tried again where the clock is set back by hours', async () => {
  const storage = new OneAlarm()
  const alarm = alarmOf(storage, async () => 60_000)
  const now = Date.now()
  await alarm.ring(now)
  expect(storage.at).toBe(now + 60_000)
  await alarm.plan(now - BACK_MS)
  expect(storage.at).toBe(now - BACK_MS + 1)
})

it('[SB13] a network that tried too often may try again at once where the clock is set back by hours', () => {
  const attempts = new AttemptLimit(1)
  attempts.count('net', BACK_MS)
  expect([attempts.wait('net', BACK_MS), attempts.wait('net', 0)]).toEqual([60_000, 0])
  attempts.count('net', 0)
  expect(attempts.wait('net', 30_000)).toBe(30_000)
})

it('[SB15] the counts of a room are saved an hour later where its clock is set back by hours', async () => {
  const run = vi.spyOn(DurableSql.prototype, 'run')
  const saves = () => run.mock.calls.filter(([statement]) => statement.includes('INTO usage')).length
  const ann = await RawClient.join(freshRoom(), 'Ann')
  const say = async (ms: number) => {
    clock.pass(ms)
    ann.say('one')
    await ann.next('ack')
    return saves()
  }
  expect([await say(0), await say(2 * HOUR_MS)]).toEqual([0, 1])
  expect([await say(-BACK_MS), await say(2 * HOUR_MS)]).toEqual([1, 2])
})

it('[MA1] an alarm that could not be set is planned again, and one that was set is not', async () => {
  const storage = new OneAlarm()
  storage.failures = 1
  const alarm = alarmOf(storage)
  await expect(alarm.plan(1_000)).rejects.toThrow('The storage refuses')
  await alarm.plan(1_000)
  await Promise.all([alarm.plan(1_000), alarm.plan(2_000)])
  expect([storage.sets, storage.at]).toEqual([1, 1_001])
})

it('[MA2] while an alarm runs, only its end plans the next one, and never for the present moment', async () => {
  const storage = new OneAlarm()
  const alarm = alarmOf(storage, async () => {
    await alarm.plan(1_000)
    return 0
  })
  await alarm.ring(1_000)
  expect([storage.sets, storage.at]).toEqual([1, 1_001])
})

it('[MA3] a room whose alarm is gone sets it again when somebody comes', async () => {
  const room = freshRoom()
  const ann = await RawClient.join(room, 'Ann')
  const stub = env.ROOMS.getByName(room)
  const set = () => runInDurableObject(stub, (_, { storage }) => storage.getAlarm())
  await runInDurableObject(stub, (_, { storage }) => {
    const [row] = storage.sql.exec('SELECT settings FROM room').toArray()
    const settings = JSON.parse(String(row?.settings ?? '{}'))
    storage.sql.exec('UPDATE room SET settings = ?', JSON.stringify({ ...settings, retention: '7d' }))
  })
  ann.say('before')
  await ann.next('ack')
  expect(await set()).toBeNull()
  await sleep(room)
  await RawClient.join(room, 'Ben')
  await vi.waitFor(async () => expect(await set()).not.toBeNull(), 30_000)
  expect(await runDurableObjectAlarm(stub)).toBe(true)
})
