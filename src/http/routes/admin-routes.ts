import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { directoryOf } from '../../durable/Directory.ts'
import type { Room } from '../../durable/room/Room.ts'
import { adminTokenOf } from '../../platform/identity/admin-token.ts'
import { networkNamed } from '../../platform/identity/network.ts'
import type { ExportPage } from '../../platform/sql/export.ts'
import type { RoomsCursor, RoomsQuery } from '../../platform/sql/sql-directory.ts'
import { parseRoomName } from '../../protocol/names.ts'
import { AttemptLimit } from '../attempt-limit.ts'
import { callerOf } from '../caller.ts'
import type { HttpEnv } from '../http-env.ts'
import { jsonBody } from '../json-body.ts'
import { problem } from '../problem.ts'

const ROOMS_A_PAGE = 100
const ROOMS_A_PAGE_MAX = 1_000

/** Wrong tokens, in this part of the Worker. */
const attempts = new AttemptLimit()

/**
 * `/api/admin`: what whoever runs this Hallway does. Without the secret `ADMIN_TOKEN`, and for whoever does not bring
 * it as `Authorization: Bearer`, there is nothing at these addresses.
 */
export const adminRoutes = new Hono<HttpEnv>()

const operatorOnly: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const token = adminTokenOf(c.env)
  if (token === undefined) return c.notFound()
  const from = callerOf(c).network ?? ''
  const brought = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '')?.[1]
  // Who has guessed too often is not listened to for a while, whatever they bring.
  if (brought === undefined || !attempts.mayTry(from, Date.now())) return c.notFound()
  if (await isSame(brought, token)) return next()
  attempts.failed(from, Date.now())
  return c.notFound()
}

adminRoutes.use(operatorOnly)

adminRoutes.get('/rooms', async (c) => {
  const query = roomsQuery(c)
  if (query === undefined)
    return problem('bad-data', {
      detail: 'by is size or activity, limit a number, after what the page before told',
    })
  const { rooms, after } = await directoryOf(c.env).rooms(query)
  return c.json({ rooms, ...(after ? { after: `${after.value}:${after.room}` } : {}) })
})

adminRoutes.delete('/rooms/:room', (c) =>
  withRoom(c, async (room) => {
    await room.purge()
    return c.body(null, 204)
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
    const body = await jsonBody(c, 'handover')
    if (body instanceof Response) return body
    const answer = await room.transferOwnership(body.by)
    if (answer.ok) return c.body(null, 204)
    return problem(answer.code, answer.detail === undefined ? {} : { detail: answer.detail })
  }),
)

adminRoutes.get('/bans', async (c) => c.json({ bans: await directoryOf(c.env).bans() }))

adminRoutes.put('/bans/:network', async (c) => {
  const network = networkNamed(c.req.param('network'))
  if (network === undefined) return problem('bad-data', { detail: 'network' })
  const body = await jsonBody(c, 'networkBan')
  if (body instanceof Response) return body
  const madeAt = Date.now()
  const { ms } = body
  const ban = { network, madeAt, ...(ms === undefined ? {} : { until: madeAt + ms }) }
  return (await directoryOf(c.env).ban(ban)) ? c.json(ban) : problem('limit-reached')
})

adminRoutes.delete('/bans/:network', async (c) => {
  const network = networkNamed(c.req.param('network'))
  if (network === undefined) return problem('bad-data', { detail: 'network' })
  await directoryOf(c.env).unban(network)
  return c.body(null, 204)
})

async function withRoom(
  c: Context<HttpEnv>,
  work: (room: DurableObjectStub<Room>) => Promise<Response>,
): Promise<Response> {
  const room = parseRoomName(c.req.param('room') ?? '')
  return room === undefined ? problem('room-invalid') : work(c.env.ROOMS.getByName(room))
}

function roomsQuery(c: Context): RoomsQuery | undefined {
  const by = c.req.query('by') ?? 'size'
  const limit = c.req.query('limit') ?? String(ROOMS_A_PAGE)
  const after = c.req.query('after')
  if ((by !== 'size' && by !== 'activity') || !/^[1-9]\d{0,5}$/.test(limit)) return undefined
  const query = { by, limit: Math.min(Number(limit), ROOMS_A_PAGE_MAX) } as const
  if (after === undefined) return query
  const place = placeOf(after)
  return place && { ...query, after: place }
}

function placeOf(text: string): RoomsCursor | undefined {
  const [, value, name = ''] = /^(\d{1,15}):(.+)$/.exec(text) ?? []
  const room = parseRoomName(name)
  return value === undefined || room === undefined ? undefined : { value: Number(value), room }
}

/** All pages of an export, each fetched as the one before has been read. It breaks off where the room ends meanwhile. */
function linesOf(room: DurableObjectStub<Room>, first: ExportPage): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let page: ExportPage | undefined = first
  return new ReadableStream({
    async pull(controller) {
      for (let told = 0; told === 0; ) {
        if (page === undefined) throw new Error('The room ended before its export did')
        const { lines, next }: ExportPage = page
        told = lines.length
        if (told > 0) controller.enqueue(encoder.encode(`${lines.join('\n')}\n`))
        if (next === undefined) return controller.close()
        page = await room.exportPage(next)
      }
    },
  })
}

/** Whether two secrets are the same, in a time that tells nothing of where they differ. */
async function isSame(one: string, other: string): Promise<boolean> {
  const hash = (text: string) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return crypto.subtle.timingSafeEqual(await hash(one), await hash(other))
}
