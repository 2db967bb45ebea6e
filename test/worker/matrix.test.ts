import { afterAll, describe, expect, it } from 'vitest'
import { routes as answered } from '../../src/http/routes.ts'
import { clientFrames } from '../../src/protocol/client-frames.ts'
import { call } from './api-calls.ts'
import { CELLS, COLUMNS, type RightsCell, subjectOf } from './matrix-table.ts'
import { type Someone, stored, WORLDS, type World } from './matrix-world.ts'
import { RawClient } from './raw-client.ts'
import { speedUp } from './speed-up.ts'

speedUp()

/** The data of each row's event. */
const FRAMES: Record<string, (world: World, who: Someone) => object> = {
  userJoin: ({ room }, { name }) => ({ username: name, room }),
  'userJoin, to watch': ({ room }, { name }) => ({ username: name, room, watch: true }),
  msgHistory: () => ({ limit: 1 }),
  userTyping: ({ room }, { name }) => ({ username: name, room }),
  userRename: ({ room }, { name }) => ({ username: name, room }),
  updateChat: ({ room }) => ({ body: 'hello', id: 'say', room }),
  'editChat, one’s own': ({ room, own }) => ({ ref: own[0] ?? 1, body: 'better', id: 'edit', room }),
  'editChat, another’s': ({ room, others }) => ({ ref: others[0], body: 'worse', id: 'edit2', room }),
  'deleteChat, one’s own': ({ room, own }) => ({ ref: own[1] ?? 1, id: 'take back', room }),
  'deleteChat, another’s': ({ room, others }) => ({ ref: others[1], id: 'take away', room }),
  react: ({ room, others }) => ({ ref: others[2], emoji: '👍', on: true, id: 'like', room }),
  setTopic: ({ room }) => ({ topic: 'news', id: 'topic', room }),
  newRoom: ({ otherName }) => ({ username2: otherName }),
  dismissRoom: ({ room }) => ({ invite: 'a'.repeat(26), room }),
  markRead: ({ room }) => ({ seq: 1, room }),
  sync: () => ({ seq: 1 }),
}

const REST: Record<
  string,
  (world: World) => { path?: string; body?: object; headers?: Record<string, string> }
> = {
  'POST /': () => ({}),
  'GET /:room': () => ({}),
  'GET /:room/messages': () => ({}),
  'GET /:room/ws': () => ({ headers: { Upgrade: 'websocket' } }),
  'GET /:room/usage': () => ({}),
  'PATCH /:room, locked': () => ({ body: { locked: false } }),
  'PATCH /:room, slowMs': () => ({ body: { slowMs: 0 } }),
  'PATCH /:room, title': () => ({ body: { title: 'Kitchen' } }),
  'PATCH /:room, welcome': () => ({ body: { welcome: 'Hello' } }),
  'PATCH /:room, retention': () => ({ body: { retention: 'forever' } }),
  'PATCH /:room, access': ({ access }) => ({ body: { access } }),
  'POST /:room/moderation, kick': ({ other: by }) => ({ body: { action: 'kick', by } }),
  'POST /:room/moderation, kick a moderator': ({ moderator: by }) => ({ body: { action: 'kick', by } }),
  'POST /:room/moderation, kick the owner': ({ owner: by }) => ({ body: { action: 'kick', by } }),
  'POST /:room/moderation, mute': ({ other: by }) => ({ body: { action: 'mute', by, ms: 1_000 } }),
  'POST /:room/moderation, unmute': ({ other: by }) => ({ body: { action: 'unmute', by } }),
  'POST /:room/moderation, ban': ({ other: by }) => ({ body: { action: 'ban', by, network: true } }),
  'POST /:room/moderation, unban': ({ other: by }) => ({ body: { action: 'unban', by } }),
  'POST /:room/moderation, setRole': ({ other: by }) => ({ body: { action: 'setRole', by, role: 'member' } }),
  'POST /:room/moderation, hand on': ({ other: by }) => ({ body: { action: 'setRole', by, role: 'owner' } }),
  'GET /:room/people': () => ({}),
  'GET /:room/audit': () => ({}),
  'POST /:room/reports': ({ others }) => ({ body: { ref: others[2] } }),
  'PUT /:room/blocks/:by': ({ other }) => ({ path: `/blocks/${other}` }),
  'DELETE /:room/blocks/:by': ({ other }) => ({ path: `/blocks/${other}` }),
  'POST /:room/links, for a member': () => ({ body: { role: 'member' } }),
  'POST /:room/links, for a moderator': () => ({ body: { role: 'moderator' } }),
  'GET /:room/links': () => ({}),
  'POST /:room/links/redeem, a link': ({ secret }) => ({ body: { secret } }),
  'POST /:room/links/redeem, none': () => ({ body: { secret: 'y'.repeat(43) } }),
  'DELETE /:room/links/:id': ({ link }) => ({ path: `/links/${link}` }),
  'PATCH /:room/me': () => ({ body: { refusesStrangers: false } }),
  'DELETE /:room/me': () => ({}),
  'DELETE /:room': () => ({}),
}

async function ask(world: World, what: string): Promise<string> {
  const who = await world.someone()
  const frame = FRAMES[what]
  return frame ? say(world, who, what, frame(world, who)) : perform(world, who, what)
}

async function perform(world: World, who: Someone, what: string): Promise<string> {
  const [method = '', route = ''] = subjectOf(what).split(' ')
  const { path, body, headers } = REST[what]?.(world) ?? expect.unreachable(`nothing to ask for ${what}`)
  const full =
    route === '/'
      ? ''
      : path === undefined
        ? route.replace('/:room', `/${world.room}`)
        : `/${world.room}${path}`
  const { answer } = await call(who.cookie, method, full, body, { ...world.headers, ...headers })
  if (answer === 'yes' && what.endsWith('hand on')) await world.takeBack()
  return answer
}

/** The events that confirm success. The other events succeed if no error comes. */
const ANSWERED: Record<string, string> = {
  userJoin: 'joined',
  updateChat: 'ack',
  editChat: 'ack',
  deleteChat: 'ack',
  react: 'ack',
  setTopic: 'ack',
}

/** Sends an event on the person's connection, or on a new one if they have none and the room lets them connect. */
async function say(world: World, who: Someone, what: string, data: object): Promise<string> {
  const event = subjectOf(what)
  const { raw, refused } =
    who.raw && event !== 'userJoin'
      ? { raw: who.raw }
      : await RawClient.tryOpen(world.room, who.cookie, world.headers)
  if (raw === undefined) return refused
  raw.send(event, data)
  const answer = ANSWERED[event]
  if (answer === undefined) {
    const error = (await raw.rest()).find((frame) => frame.event === 'error')
    return error?.data.code ?? 'yes'
  }
  const heard = await raw.until((frame) => [answer, 'error'].includes(frame.event), answer)
  return heard.event === answer ? 'yes' : heard.data.code
}

const asked = new Map<string, Promise<World>>()

function worldOf(column: string, place: string): Promise<World> {
  const make = WORLDS[column]?.[place] ?? expect.unreachable(`no ${column} in ${place}`)
  const key = `${column} ${place}`
  const world = asked.get(key) ?? make()
  asked.set(key, world)
  return world
}

const isEvent = ({ what }: RightsCell) => Object.hasOwn(FRAMES, what)
/** A room without an owner has no invite links. */
const isPossible = ({ what, column }: RightsCell, place: string) =>
  column !== 'stranger' || !what.endsWith('a link') || place === 'open with an owner'

let tried = 0

describe.each(
  COLUMNS.flatMap((column) => Object.keys(WORLDS[column] ?? {}).map((place) => ({ column, place }))),
)('for $column, $place', ({ column, place }) => {
  const cells = CELLS.filter((cell) => cell.column === column && isPossible(cell, place))
  const refused = cells.filter(({ answer }) => answer !== 'yes')
  const done = cells.filter(({ answer }) => answer === 'yes')
  let before: unknown

  it.each(refused)('[MX1] $what: $answer', async ({ what, answer }) => {
    const world = await worldOf(column, place)
    before ??= await stored(world.room)
    expect(await ask(world, what)).toBe(answer)
    tried += 1
  })

  it.runIf(refused.length > 0)('[MX2] none of the refused requests stored anything', async () => {
    expect(await stored((await worldOf(column, place)).room)).toEqual(before)
  })

  it.each(done)('[MX3] $what: allowed', async ({ what, answer }) => {
    expect(await ask(await worldOf(column, place), what)).toBe(answer)
    tried += 1
  })
})

describe('the table of rights', () => {
  it('[MX4] has a row for every event that a client can send', () => {
    const events = new Set(CELLS.filter(isEvent).map(({ what }) => subjectOf(what)))
    expect([...events].toSorted()).toEqual(Object.keys(clientFrames).toSorted())
  })

  it('[MX5] has a row for every route of rooms', () => {
    const routes = answered.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/rooms') && !path.endsWith('*'))
      .map(({ method, path }) => `${method} ${path.slice('/api/rooms'.length) || '/'}`)
    const rows = new Set(CELLS.filter((cell) => !isEvent(cell)).map(({ what }) => subjectOf(what)))
    expect([...rows].toSorted()).toEqual([...new Set(routes)].toSorted())
  })

  it('[MX6] was tested cell by cell', () => {
    expect([CELLS.length, tried]).toEqual([700, 1298])
  })
})

afterAll(() => asked.clear())
