import { type Context, Hono } from 'hono'
import { dayIsUsedUp } from '../../durable/day-budget.ts'
import {
  NETWORK_HEADER,
  PAYER_HEADER,
  SESSION_HEADER,
  UNITS_HEADER,
  UNSPENT_HEADER,
  VERSION_HEADER,
} from '../../durable/room/room-caller.ts'
import { roomObjectOf, roomOf } from '../../durable/room/unbegun-room.ts'
import { newRoomId } from '../../platform/identity/ids.ts'
import { isErrorCode } from '../../protocol/error-rules.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { parseRoomName, roomPath } from '../../protocol/names.ts'
import type { Answer } from '../../room/model/actions.ts'
import type { PageQuery } from '../../room/model/store.ts'
import { callObject } from '../call-object.ts'
import { callerOf } from '../caller.ts'
import type { HttpEnv } from '../http-env.ts'
import { limitNewRooms } from '../middleware/network-quotas.ts'
import { ARRIVAL_UNITS } from '../middleware/pay-for-call.ts'
import { sameOrigin } from '../middleware/same-origin.ts'
import { problem } from '../problem.ts'

/** `/api/rooms`: create, look up, read and delete rooms, and connect to them. */
export const roomRoutes = new Hono<HttpEnv>()

roomRoutes.post('/', sameOrigin, limitNewRooms, async (c) => {
  const retryAfter = await dayIsUsedUp(c.env)
  if (retryAfter > 0) return problem('closed-today', { retryAfter })
  const room = newRoomId()
  // A room of an older version answers nothing.
  const made: Answer<void> | undefined = await roomObjectOf(c.env, room).make(c.get('session'))
  if (made?.ok === false) return problem(made.code, made)
  const url = new URL(roomPath(room), c.req.url).href
  return c.json({ room, url }, 201, { Location: url })
})

roomRoutes.get('/:room', async (c) => {
  const room = parseRoomName(c.req.param('room'))
  if (room === undefined) return problem('room-invalid')
  const answer = await callObject(async () => (await roomOf(c.env, room)).facts(callerOf(c)))
  return answer.ok ? c.json(answer.value) : problem(answer.code, answer)
})

roomRoutes.delete('/:room', sameOrigin, async (c) => {
  const room = parseRoomName(c.req.param('room'))
  if (room === undefined) return problem('room-invalid')
  const answer = await (await roomOf(c.env, room)).erase(callerOf(c))
  return answer.ok ? c.body(null, 204) : problem(answer.code, answer)
})

roomRoutes.get('/:room/messages', async (c) => {
  const room = parseRoomName(c.req.param('room'))
  if (room === undefined) return problem('room-invalid')
  const query = pageQuery(c)
  if (query === undefined)
    return problem('bad-data', {
      detail: 'Give `before`, `after`, `around` and `limit` as numbers, and at most one of the first three.',
    })
  const answer = await callObject(async () => (await roomOf(c.env, room)).messages(callerOf(c), query))
  if (!answer.ok) return problem(answer.code, answer)
  if (!c.req.header('Accept')?.includes('application/x-ndjson'))
    return c.json({ room, messages: answer.value })
  const lines = answer.value.map((message) => `${JSON.stringify(message)}\n`)
  return c.body(lines.join(''), 200, { 'Content-Type': 'application/x-ndjson; charset=utf-8' })
})

roomRoutes.get('/:room/usage', async (c) => {
  const room = parseRoomName(c.req.param('room'))
  if (room === undefined) return problem('room-invalid')
  const answer = await callObject(async () => (await roomOf(c.env, room)).usage(callerOf(c)))
  return answer.ok ? c.json(answer.value) : problem(answer.code, answer)
})

roomRoutes.get('/:room/ws', sameOrigin, async (c) => {
  const room = parseRoomName(c.req.param('room'))
  if (room === undefined) return problem('room-invalid')
  // Hono also matches HEAD to a route of GET.
  if (c.req.method !== 'GET' || c.req.header('Upgrade')?.toLowerCase() !== 'websocket') {
    return problem('bad-data', {
      status: 426,
      title: 'This request is no WebSocket.',
      headers: { Upgrade: 'websocket' },
      detail: 'This address is for WebSockets. Connect with an upgrade request.',
    })
  }
  const { session, network, version } = callerOf(c)
  const headers = new Headers({
    Upgrade: 'websocket',
    [SESSION_HEADER]: session,
    [VERSION_HEADER]: String(version),
  })
  if (network !== undefined) headers.set(NETWORK_HEADER, network)
  const payer = c.get('payer')
  if (payer !== undefined) {
    headers.set(PAYER_HEADER, payer)
    headers.set(UNITS_HEADER, String(ARRIVAL_UNITS))
  }
  const answer = await callObject(() => roomObjectOf(c.env, room).fetch(c.req.url, { headers }))
  if (answer.webSocket) {
    c.set('unspent', Number(answer.headers.get(UNSPENT_HEADER)))
    return new Response(null, { status: 101, webSocket: answer.webSocket })
  }
  const { code, ...more } = await answer.json<{ code: string; retryAfter?: number; until?: number }>()
  return problem(isErrorCode(code) ? code : 'internal', more)
})

/** Whole numbers, and at most one of `before`, `after` and `around`. */
function pageQuery(c: Context): PageQuery | undefined {
  const query: PageQuery = { limit: LIMITS.historyPage }
  for (const name of ['before', 'after', 'around', 'limit'] as const) {
    const text = c.req.query(name)
    if (text === undefined) continue
    if (!/^\d{1,15}$/.test(text)) return undefined
    query[name] = Number(text)
  }
  const places = [query.before, query.after, query.around].filter((place) => place !== undefined)
  return places.length > 1 || query.limit < 1 ? undefined : query
}
