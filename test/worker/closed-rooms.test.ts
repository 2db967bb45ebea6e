import { describe, expect, it } from 'vitest'
import { routes } from '../../src/http/routes.ts'
import { ownedRoom } from './api-calls.ts'
import { freshRoom, newCookie, RawClient, request } from './raw-client.ts'
import { speedUp } from './speed-up.ts'

speedUp()

const NEVER_MADE = 'c'.repeat(26)

/** Rooms closed to strangers, each for another reason. */
async function closedRooms(): Promise<[string, string][]> {
  const hall = freshRoom('hall')
  const ann = await RawClient.join(hall, 'Ann')
  await RawClient.join(hall, 'Ben')
  ann.send('newRoom', { username2: 'Ben' })
  const pair = (await ann.next('newRoom')).data.room
  const inside = await RawClient.join(pair, 'Ann', ann.cookie)
  inside.say('just us', { id: 'one' })
  await inside.next('ack')
  const { room, owner } = await ownedRoom('invite')
  owner.say('just some', { id: 'one' })
  await owner.next('ack')
  return [
    ['private', pair],
    ['invite-only', room],
  ]
}

const closed = closedRooms()

const BODIES: Record<string, object> = {
  'PATCH /:room': { title: 'Mine', locked: true },
  'POST /:room/moderation': { action: 'kick', by: 'a'.repeat(20) },
  'POST /:room/reports': { ref: 1 },
  'PATCH /:room/me': { refusesStrangers: true },
  'POST /:room/links': { role: 'member' },
  'POST /:room/links/redeem': { secret: 'x'.repeat(43) },
}

const PREFIX = '/api/rooms'
const WITHOUT_HANDLER = ['PUT /:room', 'POST /:room', 'OPTIONS /:room']
const ROUTES = [
  ...new Set(
    routes.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith(`${PREFIX}/`))
      .map(({ method, path }) => `${method} ${path.slice(PREFIX.length)}`),
  ),
  ...WITHOUT_HANDLER,
  'HEAD /:room',
  'HEAD /:room/messages',
  'GET /:room/nothing',
].toSorted()

/** Ways to send each request: valid, malformed, without a cookie, from another site, for lines or for an upgrade. */
const WAYS: Record<string, (route: string) => RequestInit> = {
  'as it should be': (route) => bodied(route, JSON.stringify(BODIES[route] ?? {})),
  'with an upgrade': () => ({ headers: { Cookie: newCookie(), Upgrade: 'websocket' } }),
  'without a cookie': (route) => bodied(route, JSON.stringify(BODIES[route] ?? {}), {}),
  'with a broken body': (route) => bodied(route, '{"'),
  'with no type': () => ({ headers: { Cookie: newCookie() } }),
  'from another site': () => ({ headers: { Cookie: newCookie(), Origin: 'https://elsewhere.example' } }),
  'for lines': () => ({ headers: { Cookie: newCookie(), Accept: 'application/x-ndjson' } }),
}

function bodied(route: string, body: string, headers: object = { Cookie: newCookie() }): RequestInit {
  const init = { headers: { 'Content-Type': 'application/json', ...headers } }
  return /^(GET|HEAD) /.test(route) ? init : { ...init, body }
}

async function ask(route: string, room: string, init: RequestInit) {
  const [method = '', path = ''] = route.split(' ')
  const full = path
    .replace('/:room', `/${room}`)
    .replace(':by', 'b'.repeat(20))
    .replace(':id', 'h'.repeat(51))
  const response = await request(PREFIX + full, { method, ...init })
  const headers = [...response.headers].filter(([name]) => !['x-request-id', 'set-cookie'].includes(name))
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.replace(/=[^;]+/, ''))
  const body = [...new Uint8Array(await response.arrayBuffer())]
  return { status: response.status, headers, cookies, body, text: String.fromCharCode(...body) }
}

describe.each(ROUTES)('%s', (route) => {
  it.each(Object.keys(WAYS))(
    '[AF1] gives the same answer for missing and closed rooms, asked %s',
    async (way) => {
      const init = () => WAYS[way]?.(route) ?? {}
      const absent = await ask(route, NEVER_MADE, init())
      for (const [kind, room] of await closed) {
        expect([kind, await ask(route, room, init())]).toEqual([kind, absent])
        expect(absent.text).not.toContain(room)
      }
      expect(absent.status).toBeGreaterThanOrEqual(400)
      if (way === 'as it should be' && !/\/(ws|nothing)$/.test(route))
        expect(absent.status).toBe(WITHOUT_HANDLER.includes(route) ? 405 : 404)
    },
  )
})
