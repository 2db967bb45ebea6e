import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { version } from '../../package.json'
import { SqlStore } from '../../src/platform/sql/sql-store.ts'
import { COUNTS_OF } from '../../tools/cost/forecast.ts'
import { freshRoom, newCookie, RawClient, request, sleep } from './raw-client.ts'
import { clockLastMonth, HOUR_MS } from './worker-clock.ts'

/** Rows that a room writes when it begins. */
const NEW_ROOM_ROWS = COUNTS_OF.newRooms.rowsWritten ?? 0

/** The order of a tally's figures in Analytics Engine, as in docs/hosting.md. */
const FIGURES = [
  'storedBytes',
  'sockets',
  'changes',
  'messages',
  'frames',
  'calls',
  'errands',
  'turns',
  'sent',
  'bytes',
  'refusals',
  'rowsRead',
  'rowsWritten',
  'activeMs',
  'alarms',
]

type Line = Record<string, unknown>

let clock: ReturnType<typeof clockLastMonth>
let lines: string[]
beforeEach(() => {
  clock = clockLastMonth()
  lines = []
  for (const level of ['debug', 'log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...args) => {
      lines.push(args.map(String).join(' '))
    })
  }
})
afterEach(() => {
  vi.restoreAllMocks()
  delete env.ANALYTICS
})

const linesOf = (event: string): Line[] =>
  lines.map((line) => JSON.parse(line)).filter((line) => line.event === event)

/** Replaces Workers Analytics Engine. */
class Analytics implements AnalyticsEngineDataset {
  readonly points: AnalyticsEngineDataPoint[] = []

  writeDataPoint(point: AnalyticsEngineDataPoint): void {
    this.points.push(point)
  }
}

/** Binds it for rooms and requests, as wrangler.toml does. */
function bind(analytics: AnalyticsEngineDataset): void {
  env.ANALYTICS = analytics
}

async function say(raw: RawClient, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    raw.say('a few words')
    await raw.next('ack')
    // Slower than the room's rate limit.
    clock.pass(100)
  }
}

it('[TE1] each request logs one line: route, result, reason and duration', async () => {
  const line = (more: Line) => ({
    event: 'request',
    method: 'GET',
    ms: expect.any(Number),
    version,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    ...more,
  })
  const room = freshRoom()
  await request(`/api/rooms/${room}`)
  const refused = await request(`/api/rooms/${room}/usage`)
  await request(`/r/${room}`)
  await request(`/${room}`)
  expect(linesOf('request')).toEqual([
    line({ route: '/api/rooms/:room', status: 200 }),
    line({ route: '/api/rooms/:room/usage', status: 403, code: 'forbidden' }),
    line({ route: '/r/:room', status: 200 }),
    line({ route: '/*', status: 404, code: 'not-found' }),
  ])
  expect(linesOf('request')[1]?.requestId).toBe(refused.headers.get('X-Request-Id'))
})

it('[TE2] each request writes a data point if Analytics Engine is bound', async () => {
  const analytics = new Analytics()
  bind(analytics)
  await request('/healthz')
  await request('/api/rooms/no_room')
  expect(analytics.points).toEqual([
    { indexes: ['request'], blobs: ['GET', '/healthz', '', version], doubles: [200, expect.any(Number)] },
    {
      indexes: ['request'],
      blobs: ['GET', '/api/rooms/:room', 'room-invalid', version],
      doubles: [400, expect.any(Number)],
    },
  ])
})

it('[TE3] a busy room logs one line for many turns, at most once a minute', {
  timeout: 15_000,
}, async () => {
  const room = freshRoom()
  const ann = await RawClient.join(room, 'Ann')
  ann.say(' ')
  await ann.next('error')
  await say(ann, 120)
  expect(linesOf('burst')).toEqual([
    expect.objectContaining({ sockets: 1, turns: 100, calls: 1, refusals: 1, 'refused-bad-data': 1 }),
  ])
  const [first = {}] = linesOf('burst')
  expect(first.messages).toBeGreaterThan(90)
  expect(first.rowsWritten).toBe(Number(first.messages) + NEW_ROOM_ROWS + 2)
  expect(first.ms).toBeGreaterThanOrEqual(Number(first.messages) * 100)
  await say(ann, 120)
  expect(linesOf('burst')).toHaveLength(1)
  clock.pass(60_000)
  await say(ann, 1)
  const [, second = {}] = linesOf('burst')
  expect(linesOf('burst')).toHaveLength(2)
  expect(second.turns).toBeGreaterThan(120)
  expect(second).not.toHaveProperty('refused-bad-data')
})

it('[TE4] each hourly save logs a line and a data point with all counts since the last', async () => {
  const room = freshRoom()
  const analytics = new Analytics()
  const ann = await RawClient.join(room, 'Ann')
  bind(analytics)
  await say(ann, 4)
  await sleep(room)
  ann.send('setTopic', { topic: 'Boats', room })
  await ann.next('ack')
  clock.pass(HOUR_MS)
  await say(ann, 2)
  clock.pass(HOUR_MS)
  await say(ann, 1)
  const tally = { event: 'tally', refusals: 0, errands: 0, sockets: 1 }
  expect(linesOf('tally')).toEqual([
    expect.objectContaining({
      ...tally,
      changes: 6,
      messages: 5,
      frames: 7,
      calls: 1,
      rowsWritten: NEW_ROOM_ROWS + 2 + 5 + 2 + 1,
    }),
    expect.objectContaining({ ...tally, changes: 2, messages: 2, frames: 2, calls: 0, rowsWritten: 2 + 1 }),
  ])
  const named = linesOf('tally').map(({ event: _event, ...figures }) => figures)
  expect(analytics.points).toEqual(
    named.map((figures) => ({
      indexes: ['tally'],
      blobs: [],
      doubles: FIGURES.map((name) => figures[name]),
    })),
  )
})

it('[TE5] a data point that fails to be written affects nobody', async () => {
  bind({
    writeDataPoint() {
      throw new Error('a secret')
    },
  })
  const ann = await RawClient.join(freshRoom(), 'Ann')
  clock.pass(HOUR_MS)
  await say(ann, 2)
  expect(linesOf('tally')).toHaveLength(1)
  expect(linesOf('point failed')).toHaveLength(2)
  expect(lines.join('\n')).not.toContain('a secret')
})

it('[TE6] no line and no data point contains a room, a name, a text or a cookie', async () => {
  const room = freshRoom('marzipan')
  const analytics = new Analytics()
  bind(analytics)
  const cookie = newCookie()
  const { room: made } = await (
    await request('/api/rooms', { method: 'POST', headers: { Cookie: cookie } })
  ).json<{ room: string }>()
  const ann = await RawClient.join(room, 'Annabel', cookie)
  const ben = await RawClient.join(room, 'Benedict')
  for (const path of ['', '/messages?before=2', '/usage', '/nowhere'])
    await request(`/api/rooms/${room}${path}`, { headers: { Cookie: cookie } })
  await request(`/r/${room}`)
  await request(`/r/${room.toUpperCase()}`)
  await request(`/api/rooms/${made}`)
  ann.send('newRoom', { username2: 'Benedict' })
  await ann.next('newRoom')
  ann.text('{"event":"updateChat","data":{"body":"walnut"')
  await ann.next('error')
  ann.say('hazelnut', { id: 'pecan' })
  await ann.next('ack')
  ben.send('editChat', { ref: 1, body: 'walnut', room })
  await ben.next('error')
  await say(ann, 120)
  // An internal error whose message contains a person's text.
  vi.spyOn(SqlStore.prototype, 'message').mockImplementation(() => {
    throw new Error('pistachio')
  })
  ann.send('editChat', { ref: 1, body: 'pistachio', room })
  await ann.until(({ event, data }) => event === 'error' && data.code === 'internal')
  clock.pass(HOUR_MS)
  await say(ann, 1)
  const kinds = new Set(lines.map((line) => JSON.parse(line).event))
  expect(kinds).toEqual(new Set(['request', 'burst', 'tally', 'frame failed']))
  expect(new Set(analytics.points.map(({ indexes }) => indexes?.[0]))).toEqual(new Set(['request', 'tally']))
  const output = `${lines.join('\n')}\n${JSON.stringify(analytics.points)}`.toLowerCase()
  const { by } = ann.frames[0]?.data ?? {}
  const secrets = [room, made, 'marzipan', 'annabel', 'benedict', by, cookie.split('=')[1] ?? '']
  for (const secret of [...secrets, 'walnut', 'hazelnut', 'pecan', 'pistachio', 'words'])
    expect(output).not.toContain(secret.toLowerCase())
})
