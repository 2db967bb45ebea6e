import { type Context, Hono } from 'hono'
import { roomOf } from '../../durable/room/unbegun-room.ts'
import { hashToken, newToken } from '../../platform/identity/ids.ts'
import type { Body, BodyKind } from '../../protocol/bodies.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { parseRoomName, roomPath } from '../../protocol/names.ts'
import type { RoomAction } from '../../room/model/actions.ts'
import { callerOf } from '../caller.ts'
import type { HttpEnv } from '../http-env.ts'
import { jsonBody } from '../json-body.ts'
import { limitRedemptions } from '../middleware/network-quotas.ts'
import { sameOrigin } from '../middleware/same-origin.ts'
import { problem } from '../problem.ts'

/** `/api/rooms/:room`: moderation and room settings, and what people do about their own membership. */
export const moderationRoutes = new Hono<HttpEnv>()

moderationRoutes.patch('/:room', sameOrigin, (c) =>
  withBody(c, 'settingsChange', (change) => ({ kind: 'set', change })),
)

moderationRoutes.post('/:room/moderation', sameOrigin, (c) =>
  withBody(c, 'moderation', (what) => ({ kind: 'moderate', what })),
)

moderationRoutes.post('/:room/reports', sameOrigin, (c) =>
  withBody(c, 'report', (what) => ({ kind: 'report', what })),
)

moderationRoutes.get('/:room/people', (c) =>
  perform(c, { kind: 'listPeople' }, (people) => c.json({ people })),
)

moderationRoutes.get('/:room/audit', (c) => {
  const before = c.req.query('before') ?? String(Number.MAX_SAFE_INTEGER)
  if (!/^\d{1,16}$/.test(before)) return problem('bad-data', { detail: 'Give `before` as a number.' })
  const action = { kind: 'listNotes', before: Number(before), limit: LIMITS.auditPage } as const
  return perform(c, action, (notes) => c.json({ notes }))
})

moderationRoutes.put('/:room/blocks/:by', sameOrigin, (c) =>
  perform(c, { kind: 'block', by: c.req.param('by'), on: true }),
)

moderationRoutes.delete('/:room/blocks/:by', sameOrigin, (c) =>
  perform(c, { kind: 'block', by: c.req.param('by'), on: false }),
)

moderationRoutes.post('/:room/links', sameOrigin, async (c) => {
  const room = parseRoomName(c.req.param('room'))
  if (room === undefined) return problem('room-invalid')
  const link = await jsonBody(c, 'newLink')
  if (link instanceof Response) return link
  // The secret is shown once. Behind the `#` no server and no referrer sees it.
  const secret = newToken()
  const hash = await hashToken(secret)
  const url = `${new URL(roomPath(room), c.req.url).href}#k=${secret}`
  return perform(c, { kind: 'makeLink', link, hash }, () => c.json({ id: hash, url }, 201))
})

moderationRoutes.get('/:room/links', (c) => perform(c, { kind: 'listLinks' }, (links) => c.json({ links })))

moderationRoutes.delete('/:room/links/:id', sameOrigin, (c) =>
  perform(c, { kind: 'revokeLink', hash: c.req.param('id') }),
)

moderationRoutes.post('/:room/links/redeem', sameOrigin, limitRedemptions, async (c) => {
  const body = await jsonBody(c, 'redemption')
  if (body instanceof Response) return body
  return perform(c, { kind: 'redeemLink', hash: await hashToken(body.secret) })
})

moderationRoutes.patch('/:room/me', sameOrigin, (c) =>
  withBody(c, 'ownSettings', (change) => ({ kind: 'setOwn', change })),
)

moderationRoutes.delete('/:room/me', sameOrigin, (c) => perform(c, { kind: 'forget' }))

async function withBody<K extends BodyKind>(
  c: Context<HttpEnv>,
  kind: K,
  actionOf: (body: Body<K>) => RoomAction,
): Promise<Response> {
  const body = await jsonBody(c, kind)
  return body instanceof Response ? body : perform(c, actionOf(body))
}

/** Has the room perform an action. `respond` makes the response; without a value it is empty. */
async function perform(
  c: Context<HttpEnv>,
  action: RoomAction,
  respond: (value: never) => Response = (value: unknown) =>
    value === undefined ? c.body(null, 204) : c.json(value),
): Promise<Response> {
  const room = parseRoomName(c.req.param('room') ?? '')
  if (room === undefined) return problem('room-invalid')
  const answer = await (await roomOf(c.env, room)).govern(callerOf(c), action)
  if (answer.ok) return respond(answer.value as never)
  return problem(answer.code, answer)
}
