import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import { isLogEntry, type LogEntry } from '../../src/protocol/server-frames.ts'
import { checkLive, checkLog, checkSuffix } from '../../tools/delivery/invariants.ts'
import { residentBytes } from '../../tools/resident-bytes.ts'
import { type Bundle, bundleWorker, RAISED_RATES, startWorkerd } from '../../tools/workerd.mjs'
import type { Link } from './chaos-proxy.ts'
import { ChaosWorld } from './chaos-world.ts'
import { RawReader } from './raw-reader.ts'

const MIB = 1024 * 1024
/** The longest body, of characters with three bytes each. */
const BODY = '€'.repeat(LIMITS.bodyLength)
const ON_THEIR_WAY = 16
const SLOW_READER = { code: 4408, reason: 'slow reader' }

/** Sends messages of `bytes` in total, as fast as `well` reads them, and waits for the answers. */
async function say(writer: RawReader, room: string, bytes: number, well = writer): Promise<void> {
  const end = writer.newest + Math.ceil(bytes / Buffer.byteLength(BODY))
  for (let seq = writer.newest + 1; seq <= end; seq++) {
    for (const one of [writer, well]) await one.until(() => one.newest >= seq - ON_THEIR_WAY)
    writer.send({ event: 'updateChat', data: { body: BODY, room, id: `${seq}` } })
  }
  await writer.until(() => writer.newest === end)
}

function sizeOf(log: readonly LogEntry[]): number {
  return log.reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0)
}

/**
 * Twenty people join a busy room and stop reading. Sent frames wait for them, up to the limit: first in the system's
 * buffers, which are not counted here (about 4 MiB a connection on Linux), then in the process. A closed socket keeps its
 * waiting frames, and the close frame after them, until the reader reads on or disconnects: the platform cannot drop them.
 */
const STALLED = 20
/** How much is sent until all of them are over the limit, and how much after that. */
const UNTIL_CLOSED = 6 * MIB
const AFTERWARDS = 8 * MIB
/** Allowance for memory that does not depend on the readers: the heap and the database's cache. */
const SLACK = 64 * MIB

async function stall(bundle: Bundle) {
  const room = 'slow'
  const rooms = mkdtempSync(join(bundle.folder, 'slow-readers-'))
  const server = await startWorkerd(bundle, { rooms, vars: RAISED_RATES })
  const enter = (username: string) => RawReader.join(server.port, { room, username })
  const [writer, well] = await Promise.all([enter('Writer'), enter('Well')])
  const stalled = await Promise.all(Array.from({ length: STALLED }, (_, n) => enter(`Stalled ${n}`)))
  for (const reader of stalled) reader.stopReading()
  const before = residentBytes(server.pid)
  await say(writer, room, UNTIL_CLOSED, well)
  const between = residentBytes(server.pid)
  await say(writer, room, AFTERWARDS, well)
  const after = residentBytes(server.pid)
  const grew = { until: between - before, afterwards: after - between }
  const inMib = Object.values(grew).map((bytes) => Math.round(bytes / MIB))
  console.log(`with ${STALLED} stalled readers workerd grew by ${inMib.join(' and then ')} MiB`)
  return { room, server, writer, well, stalled, grew }
}

it('[SL1] each reader who stops reading costs at most the limit and is closed, and nobody else notices', async () => {
  const { room, server, writer, well, stalled, grew } = await stall(inject('bundle'))
  expect(grew.until).toBeLessThan(STALLED * LIMITS.syncUnansweredBytes + SLACK)
  expect(grew.afterwards).toBeLessThan(SLACK)

  // The room has removed them, although none of them knows yet.
  await well.until(() => well.told.filter(({ event }) => event === 'userLeave').length === STALLED)
  expect(stalled.map(({ ended }) => ended)).toEqual(stalled.map(() => undefined))
  for (const reader of stalled) reader.readOn()
  await Promise.all(stalled.map((reader) => reader.until(() => reader.ended !== undefined)))
  for (const { ended, log } of stalled) {
    expect(ended).toEqual(SLOW_READER)
    checkLive(well.log, 0, log)
    // All of them together are over the room's limit before each is over their own.
    expect(sizeOf(log)).toBeGreaterThan(LIMITS.roomUnansweredBytes / STALLED - LIMITS.syncEveryBytes)
    expect(sizeOf(log)).toBeLessThan(LIMITS.syncUnansweredBytes)
  }

  await say(writer, room, 1)
  const { newest } = writer
  await well.until(() => well.newest === newest)
  checkLog(well.log)
  expect(well.log.map(({ data }) => data.id)).toEqual(Array.from({ length: newest }, (_, n) => `${n + 1}`))
  const answers = writer.told.flatMap((frame) =>
    frame.event === 'ack' || isLogEntry(frame) ? [frame.data] : [],
  )
  expect(answers.map(({ id, seq }) => [id, seq])).toEqual(well.log.map(({ data }) => [data.id, data.seq]))
  for (const { told, ended } of [writer, well]) {
    expect(told.filter(({ event }) => event === 'joined' || event === 'error')).toHaveLength(1)
    expect(ended).toBeUndefined()
  }
  for (const reader of [writer, well]) reader.leave()
  await server.kill()
})

it('[SL2] a room that never closes a slow reader is caught by its memory', async () => {
  const folder = mkdtempSync(join(inject('bundle').folder, 'patient-'))
  const { server, writer, well, stalled, grew } = await stall(
    bundleWorker(folder, 'test/process/patient/worker.ts'),
  )
  expect(grew.until + grew.afterwards).toBeGreaterThan(STALLED * LIMITS.syncUnansweredBytes + SLACK)
  expect(grew.afterwards).toBeGreaterThan((STALLED * AFTERWARDS) / 2)
  for (const reader of [writer, well, ...stalled]) reader.leave()
  await server.kill()
})

describe('after the close, the rest reaches', () => {
  let server: Awaited<ReturnType<typeof startWorkerd>>
  beforeAll(async () => {
    server = await startWorkerd(inject('bundle'), {
      rooms: `${inject('bundle').folder}/slow-readers`,
      vars: RAISED_RATES,
    })
  })
  afterAll(() => server.kill())

  it.each([
    ['a reader who stopped reading', { stops: true, answers: true }],
    ['a reader who never answers', { stops: false, answers: false }],
  ])('[SL3] %s', async (_who, { stops, answers }) => {
    const room = `room-${randomUUID().slice(0, 8)}`
    const enter = (username: string) => RawReader.join(server.port, { room, username })
    const [writer, well] = await Promise.all([enter('Writer'), enter('Well')])
    const reader = await RawReader.join(server.port, { room, username: 'Slow', answers })
    if (stops) reader.stopReading()
    await say(writer, room, UNTIL_CLOSED, well)
    reader.readOn()
    await reader.until(() => reader.ended !== undefined)
    expect(reader.ended).toEqual(SLOW_READER)
    expect(reader.told.some(({ event }) => event === 'sync')).toBe(true)

    const { joined, cookie, newest: after } = reader
    const from = { after, epoch: joined.epoch }
    const again = await RawReader.join(server.port, { room, username: 'Slow', cookie, from })
    expect(again.joined.resumed).toBe(true)
    await Promise.all([again, well].map((one) => one.until(() => one.newest === writer.newest)))
    checkLive(well.log, 0, reader.log)
    checkSuffix(well.log, after, again.log)
    for (const one of [writer, well, again]) one.leave()
  })

  it('[SL4] the session kit, by itself', async () => {
    const world = await ChaosWorld.open(server)
    const ann = await world.join('Ann')
    const writer = await RawReader.join(server.port, { room: world.room, username: 'Writer' })
    const first = ann.link
    first.stall('down')
    await say(writer, world.room, UNTIL_CLOSED)
    first.release()
    await world.untilWhole(writer.newest)
    world.check()
    expect(ann.proxy.links).toHaveLength(2)
    const [before, since] = [first, ann.link].map(logOf)
    expect(sizeOf(before ?? [])).toBeLessThan(LIMITS.syncUnansweredBytes)
    checkLive(world.log, 0, before ?? [])
    checkSuffix(world.log, before?.length ?? 0, since ?? [])
    writer.leave()
    await world.close()
  })
})

function logOf({ sentByServer }: Link): LogEntry[] {
  return sentByServer.flatMap(parseServerFrames).filter(isLogEntry)
}
