import { type Context, Hono } from 'hono'
import { directoryOf } from '../../durable/Directory.ts'
import { type CalledRoom, roomObjectOf, roomOf } from '../../durable/room/unbegun-room.ts'
import { type DayAmounts, dayOf, shareOfDay } from '../../platform/billing/day-use.ts'
import { parseNetwork } from '../../platform/identity/network.ts'
import type { ExportPage } from '../../platform/sql/export.ts'
import type { Ban, RoomsCursor, RoomsQuery } from '../../platform/sql/sql-directory.ts'
import type { Body } from '../../protocol/bodies.ts'
import { parseRoomName, roomPath } from '../../protocol/names.ts'
import { parseRoomAddress } from '../../protocol/room-address.ts'
import type { HttpEnv } from '../http-env.ts'
import { jsonBody } from '../json-body.ts'
import { operatorOnly } from '../middleware/operator-only.ts'
import { problem } from '../problem.ts'

const ROOMS_A_PAGE = 100
const ROOMS_A_PAGE_MAX = 1_000

/** `/api/admin`: for the operator, who sends the secret `ADMIN_TOKEN` as `Authorization: Bearer`. */
export const adminRoutes = new Hono<HttpEnv>()

adminRoutes.use(operatorOnly)

adminRoutes.get('/rooms', async (c) => {
  const query = roomsQuery(c)
  if (query === undefined)
    return problem('bad-data', {
      detail: 'Give `by` as size or activity, `limit` as a number, and `after` as the last page gave it.',
    })
  const { rooms, after } = await directoryOf(c.env).rooms(query)
  return c.json({ rooms, ...(after ? { after: `${after.value}:${after.room}` } : {}) })
})

/** What rooms have told of this UTC day, and those that used the most of it. */
adminRoutes.get('/day', async (c) => {
  const now = Date.now()
  const { used, rooms } = await directoryOf(c.env).day(dayOf(now))
  const withShare = (amounts: DayAmounts) => ({ ...amounts, ofFreePlan: shareOfDay(amounts) })
  const day = new Date(now).toISOString().slice(0, 'yyyy-mm-dd'.length)
  return c.json({
    day,
    used: withShare(used),
    rooms: rooms.map(({ room, ...amounts }) => ({ room, ...withShare(amounts) })),
  })
})

/** Makes a room that nobody owns. One that exists stays as it is. */
adminRoutes.put('/rooms/:room', async (c) => {
  const room = roomIn(c)
  if (room === undefined) return problem('room-invalid')
  const made = await roomObjectOf(c.env, room).make()
  if (!made.ok) return problem(made.code, made)
  return c.json({ room, url: new URL(roomPath(room), c.req.url).href })
})

adminRoutes.delete('/rooms/:room', (c) =>
  withRoom(c, async (room) => {
    // A room of an older version answers nothing.
    const answer = await room.purge()
    return answer && !answer.ok ? problem(answer.code, answer) : c.body(null, 204)
  }),
)

adminRoutes.get('/rooms/:room/export', (c) =>
  withRoom(c, async (room) => {
    const first = await room.exportPage()
    if (first === undefined) return problem('not-found')
    return c.body(linesOf(room, first), 200, { 'Content-Type': 'application/x-ndjson; charset=utf-8' })
  }),
)

adminRoutes.put('/rooms/:room/owner', (c) =>
  withRoom(c, async (room) => {
    const body = await jsonBody(c, 'ownershipTransfer')
    if (body instanceof Response) return body
    const answer = await room.handOver(body.by)
    if (answer.ok) return c.body(null, 204)
    return problem(answer.code, answer)
  }),
)

/** The rooms that nobody owns in which people have reported messages. Elsewhere the moderators read them. */
adminRoutes.get('/reports', async (c) => c.json({ rooms: await directoryOf(c.env).reports() }))

adminRoutes.get('/rooms/:room/reports', (c) =>
  withRoom(c, async (called) => c.json({ reports: await called.reports() })),
)

/** Bans a person from all rooms. They are closed out of this one at once. */
adminRoutes.put('/rooms/:room/people/:by/ban', (c) =>
  withRoom(c, async (called, room) => {
    const body = await jsonBody(c, 'operatorBan')
    if (body instanceof Response) return body
    const by = c.req.param('by')
    const session = await called.putOut(by)
    if (session === undefined) return problem('not-found', { detail: 'by' })
    const ban = { room, by, ...banTime(body) }
    return (await directoryOf(c.env).banPerson({ session, ...ban })) ? c.json(ban) : problem('limit-reached')
  }),
)

adminRoutes.delete('/rooms/:room/people/:by/ban', async (c) => {
  const room = roomIn(c)
  if (room === undefined) return problem('room-invalid')
  await directoryOf(c.env).unbanPerson(room, c.req.param('by'))
  return c.body(null, 204)
})

adminRoutes.get('/bans', async (c) => c.json({ bans: (await directoryOf(c.env).bans()).map(shownBan) }))

adminRoutes.put('/bans/:network', async (c) => {
  const network = parseNetwork(c.req.param('network'))
  if (network === undefined) return problem('bad-data', { detail: 'network' })
  const body = await jsonBody(c, 'operatorBan')
  if (body instanceof Response) return body
  const ban = { network, ...banTime(body) }
  return (await directoryOf(c.env).ban(ban)) ? c.json(ban) : problem('limit-reached')
})

adminRoutes.delete('/bans/:network', async (c) => {
  const network = parseNetwork(c.req.param('network'))
  if (network === undefined) return problem('bad-data', { detail: 'network' })
  await directoryOf(c.env).unban(network)
  return c.body(null, 204)
})

function banTime({ ms }: Body<'operatorBan'>): Pick<Ban, 'madeAt' | 'until'> {
  const madeAt = Date.now()
  return { madeAt, ...(ms === undefined ? {} : { until: madeAt + ms }) }
}

/** Not even the operator needs what finds a person in every room. */
function shownBan(ban: Ban): Omit<Ban, 'session'> {
  if ('network' in ban) return ban
  const { session: _, ...shown } = ban
  return shown
}

/** An operator may name a room by its link. */
function roomIn({ req }: Context<HttpEnv>): string | undefined {
  return parseRoomAddress(req.param('room') ?? '', new URL(req.url).host)?.room
}

async function withRoom(
  c: Context<HttpEnv>,
  work: (called: CalledRoom, room: string) => Promise<Response>,
): Promise<Response> {
  const room = roomIn(c)
  return room === undefined ? problem('room-invalid') : work(await roomOf(c.env, room), room)
}

function roomsQuery(c: Context): RoomsQuery | undefined {
  const by = c.req.query('by') ?? 'size'
  const limit = c.req.query('limit') ?? String(ROOMS_A_PAGE)
  const after = c.req.query('after')
  if ((by !== 'size' && by !== 'activity') || !/^[1-9]\d{0,5}$/.test(limit)) return undefined
  const query = { by, limit: Math.min(Number(limit), ROOMS_A_PAGE_MAX) } as const
  if (after === undefined) return query
  const cursor = cursorOf(after)
  return cursor && { ...query, after: cursor }
}

function cursorOf(text: string): RoomsCursor | undefined {
  const [, value, name = ''] = /^(\d{1,15}):(.+)$/.exec(text) ?? []
  const room = parseRoomName(name)
  return value === undefined || room === undefined ? undefined : { value: Number(value), room }
}

/** Streams an export page by page, as the reader takes it. It breaks off when the room is erased meanwhile. */
function linesOf(room: CalledRoom, first: ExportPage): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let page: ExportPage | undefined = first
  return new ReadableStream({
    async pull(controller) {
      for (let sent = 0; sent === 0; ) {
        if (page === undefined) throw new Error('The room was erased during its export')
        const { lines, next }: ExportPage = page
        sent = lines.length
        if (sent > 0) controller.enqueue(encoder.encode(`${lines.join('\n')}\n`))
        if (next === undefined) return controller.close()
        page = await room.exportPage(next)
      }
    },
  })
}
