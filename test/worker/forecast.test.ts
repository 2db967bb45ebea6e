import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { UsageReport } from '../../src/platform/billing/bill.ts'
import { PRICES } from '../../src/platform/billing/prices.ts'
import { DurableSql } from '../../src/platform/sql/durable-sql.ts'
import { SqlStore } from '../../src/platform/sql/sql-store.ts'
import { RoomCore } from '../../src/room/core.ts'
import { newConnection } from '../../src/room/state/connection.ts'
import { type Activity, type Day, forecast, storedBytesOf } from '../../tools/cost/forecast.ts'
import { freshRoom, newCookie, RawClient, request, sleep } from './raw-client.ts'
import { clockLastMonth, HOUR_MS } from './worker-clock.ts'

let clock: ReturnType<typeof clockLastMonth>
beforeEach(() => {
  clock = clockLastMonth()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const COOKIES = { Ann: newCookie(), Ben: newCookie(), Cleo: newCookie(), Dan: newCookie() }
type Name = keyof typeof COOKIES

/** A room in which people act one at a time, with the number of each activity. */
class Play {
  readonly room: string
  readonly day: Day = {}
  readonly #here = new Map<Name, RawClient>()
  #seq = 0

  constructor(room: string) {
    this.room = room
  }

  async come(name: Name, as?: 'newPeople' | 'returningPeople'): Promise<void> {
    const cookie = COOKIES[name]
    if (as === 'newPeople') await request(`/api/rooms/${this.room}`, { headers: { Cookie: cookie } })
    const raw = await RawClient.join(this.room, name, cookie)
    await raw.next('msgHistory')
    this.#here.set(name, raw)
    if (as) this.note(as)
    this.note('connections')
  }

  async go(): Promise<void> {
    for (const raw of this.#here.values()) raw.close()
    await Promise.all([...this.#here.values()].map((raw) => raw.untilClosed()))
    this.#here.clear()
  }

  /** Sends a change and waits for its ack. Returns its seq. */
  async change(name: Name, activity: Activity, event: string, data: object): Promise<number> {
    const by = this.who(name)
    const { epoch } = by.frames[0]?.data ?? {}
    by.send(event, { room: this.room, id: crypto.randomUUID(), since: this.#seq, epoch, ...data })
    this.#seq = (await by.next('ack')).data.seq
    this.note(activity)
    return this.#seq
  }

  async say(name: Name): Promise<number> {
    return this.change(name, 'messages', 'updateChat', { body: 'a few words' })
  }

  async type(name: Name, other: Name): Promise<void> {
    this.who(name).send('userTyping', { username: name, room: this.room })
    await this.who(other).next('userTyping')
    this.note('typing')
  }

  async read(name: Name): Promise<void> {
    this.who(name).send('msgHistory', { before: 60, limit: 50 })
    await this.who(name).next('msgHistory')
    this.note('olderPages')
  }

  /** Everyone present marks all as read and leaves. */
  async readAndGo(): Promise<void> {
    for (const raw of this.#here.values()) {
      raw.send('markRead', { seq: this.#seq, room: this.room })
      this.note('readMarkers')
      this.note('savedReadMarkers')
    }
    await this.go()
  }

  async heartbeat(): Promise<void> {
    for (const raw of this.#here.values()) {
      raw.text('ping')
      await raw.next('pong')
    }
  }

  async sleep(): Promise<void> {
    await sleep(this.room)
    this.note('wakes')
  }

  async month(): Promise<UsageReport['month']> {
    const Cookie = COOKIES.Ann
    const answer = await request(`/api/rooms/${this.room}/usage`, { headers: { Cookie } })
    return (await answer.json<UsageReport>()).month
  }

  who(name: Name): RawClient {
    const raw = this.#here.get(name)
    if (raw === undefined) throw new Error(`${name} is not here`)
    return raw
  }

  note(activity: Activity): void {
    this.day[activity] = (this.day[activity] ?? 0) + 1
  }
}

const EVERYONE = ['Ann', 'Ben', 'Cleo', 'Dan'] as const

it('[FC1] predicts two days of chat: requests and rows written exactly, rows read closely', async () => {
  const run = vi.spyOn(DurableSql.prototype, 'run')
  const play = new Play(freshRoom())
  play.note('newRooms')
  for (const name of EVERYONE) await play.come(name, 'newPeople')
  for (let n = 0; n < 70; n++) await play.say(EVERYONE[n % 4] ?? 'Ann')
  await play.type('Ben', 'Ann')
  await play.change('Ann', 'topics', 'setTopic', { topic: 'Boats' })
  for (const wake of [true, false, true, true]) {
    await play.heartbeat()
    if (wake) await play.sleep()
    const ref = await play.say('Cleo')
    await play.change('Cleo', 'edits', 'editChat', { ref, body: 'other words' })
    await play.change('Dan', 'reactions', 'react', { ref, emoji: '👍', on: true })
    await play.change('Ben', 'deletions', 'deleteChat', { ref: await play.say('Ben') })
    await play.type('Dan', 'Ann')
    await play.read('Ben')
  }
  clock.pass(HOUR_MS)
  await play.say('Ann')
  play.note('saves')
  await play.readAndGo()
  for (const name of EVERYONE) await play.come(name)
  await play.go()

  clock.pass(24 * HOUR_MS)
  for (const name of EVERYONE) await play.come(name, 'returningPeople')
  play.note('saves')
  for (const name of EVERYONE) await play.say(name)

  const told = forecast(play.day)
  const month = await play.month()
  const cursors = [...new Set(run.mock.contexts)].filter((sql) => sql instanceof DurableSql)
  const counted = (of: 'rowsRead' | 'rowsWritten') => cursors.reduce((sum, sql) => sum + sql[of], 0)
  expect([told.rowsWritten, month.rowsWritten]).toEqual([counted('rowsWritten'), counted('rowsWritten')])
  expect(told.frames).toBe(month.frames)
  // The request for the usage is a call too.
  expect(month.requests).toBeCloseTo(told.calls + 1 + told.frames / PRICES.framesARequest, 9)
  expect(month.rowsRead).toBe(counted('rowsRead'))
  expect(Math.abs(told.rowsRead / month.rowsRead - 1)).toBeLessThan(0.2)
  // These people leave together, so they share one leave grace.
  expect(told.activeMs / 1_000).toBeGreaterThan(month.estimatedActiveSeconds)
})

it('[FC2] predicts the cost of a private room, in both rooms together', async () => {
  const run = vi.spyOn(DurableSql.prototype, 'run')
  const home = new Play(freshRoom())
  home.note('newRooms')
  for (const name of ['Ann', 'Ben'] as const) await home.come(name, 'newPeople')
  home.who('Ann').send('newRoom', { username2: 'Ben' })
  const made = (await home.who('Ann').next('newRoom')).data.room
  home.note('privateRooms')
  const pair = new Play(made)
  for (const name of ['Ann', 'Ben'] as const) await pair.come(name, 'newPeople')

  const cursors = [...new Set(run.mock.contexts)].filter((sql) => sql instanceof DurableSql)
  const [told, toldOfPair] = [forecast(home.day), forecast(pair.day)]
  const rows = () => cursors.reduce((sum, sql) => sum + sql.rowsWritten, 0)
  await vi.waitFor(() => expect(rows()).toBe(told.rowsWritten + toldOfPair.rowsWritten), 30_000)
  const months = [await home.month(), await pair.month()]
  expect(months.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0)).toBe(rows())
  const requests = [told, toldOfPair].map(
    ({ calls, errands, frames }) => calls + errands + frames / PRICES.framesARequest,
  )
  expect(months.reduce((sum, month) => sum + month.requests, 0)).toBeCloseTo(
    requests.reduce((sum, some) => sum + some) + 2,
    9,
  )
})

it('[FC3] predicts how much stays stored', async () => {
  const room = freshRoom()
  const day: Day = {
    newRooms: 1,
    newPeople: 1,
    messages: 2_000,
    edits: 500,
    reactions: 500,
    deletions: 500,
  }
  const stored = await runInDurableObject(env.ROOMS.getByName(room), (_instance, { storage }) => {
    const sql = new DurableSql(storage)
    const rate = { burst: 1e6, perSecond: 1e6 }
    const newId = () => crypto.randomUUID()
    const options = { room, store: new SqlStore(sql, room), rate, newId, newRoomId: newId }
    const core = new RoomCore({ ...options, signsOfLife: () => undefined })
    const from = newConnection({ session: 's'.repeat(51), by: 'b'.repeat(20), origin: '' })
    core.open(from)
    const send = (event: string, data: object) =>
      core.receive([{ from, frame: JSON.stringify({ event, data: { room, ...data } }) }], Date.now())
    send('userJoin', { username: 'Annabel' })
    for (let ref = 1; ref <= 2_000; ref++) send('updateChat', { id: newId(), body: 'ten chars '.repeat(10) })
    for (let ref = 1; ref <= 500; ref++) send('editChat', { ref, id: newId(), body: 'other text'.repeat(10) })
    for (let ref = 501; ref <= 1_000; ref++) send('react', { ref, id: newId(), emoji: '👍', on: true })
    for (let ref = 1_001; ref <= 1_500; ref++) send('deleteChat', { ref, id: newId() })
    expect(core.record?.seq).toBe(3_500)
    return sql.storedBytes
  })
  expect(Math.abs(storedBytesOf(day) / stored - 1)).toBeLessThan(0.1)
})
