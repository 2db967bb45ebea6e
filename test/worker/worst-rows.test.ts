import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../../src/durable/room/public-facts.ts'
import { moderationRoutes } from '../../src/http/routes/moderation-routes.ts'
import { roomRoutes } from '../../src/http/routes/room-routes.ts'
import { type ClientEvent, clientFrames } from '../../src/protocol/client-frames.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import { ACTION_NEEDS, type RoomAction } from '../../src/room/model/actions.ts'
import { type Connection, newConnection } from '../../src/room/state/connection.ts'
import { freshRoom } from './raw-client.ts'
import { fill, Ledger } from './row-ledger.ts'

/**
 * A room with everything that grows: 2,000 people, every block, invitation, link and note that it holds, and more messages
 * than a retry looks through. One message has every edit and reaction, and one person who waits behind a link.
 */
async function inFullRoom(work: (full: { ledger: Ledger; ann: Connection; ben: Connection }) => void) {
  const room = freshRoom()
  await runInDurableObject(env.ROOMS.getByName(room), (_instance, { storage }) => {
    const ledger = new Ledger(room, storage)
    ledger.make('ann')
    const { who: ann } = ledger.enter('ann')
    const { who: ben } = ledger.enter('ben')
    fill(ledger)
    const { store } = ledger
    store.transaction(() => {
      for (let n = 0; n < LIMITS.links; n += 1)
        store.moderation.saveLink({ hash: `h${n}`, role: 'member', madeBy: 'mo', madeAt: ledger.now })
      store.savePerson({ by: 'mo', session: 's-mo', username: 'Mo', role: 'moderator', seen: ledger.now })
      for (let n = 0; n < LIMITS.waiting; n += 1)
        store.moderation.admit(`w${n}`, { role: 'member', link: 'h1' })
    })
    ledger.speak(SPOKEN)
    ledger.sleep()
    ledger.send(ben, 'updateChat', { body: 'first', id: 'mine' })
    for (let n = 1; n < LIMITS.editsPerMessage; n += 1)
      ledger.send(ben, 'editChat', { ref: MINE, body: `edit ${n}` })
    ledger.sleep()
    work({ ledger, ann, ben })
  })
}

const SPOKEN = 11_000
const MINE = SPOKEN + 1

interface Rows {
  read: number
  written: number
}

/** What a frame does at its worst, who sends it, and what it reads and writes then. */
type Worst = [data: object | ((ledger: Ledger) => object), rows: Rows]

const far = (ledger: Ledger) => ({
  since: (ledger.store.record()?.seq ?? 0) - LIMITS.retryChanges,
  epoch: ledger.epoch,
})

const FRAMES: Record<ClientEvent, Worst> = {
  userJoin: [
    (ledger) => ({ username: 'Жанна', after: SPOKEN - 9_000, epoch: ledger.epoch }),
    { read: 9_442, written: 2 },
  ],
  msgHistory: [{ limit: LIMITS.historyPageMax }, { read: 200, written: 0 }],
  userTyping: [{ username: 'ben' }, { read: 0, written: 0 }],
  userRename: [{ username: 'Борис' }, { read: 5, written: 3 }],
  updateChat: [
    (ledger) => ({ body: 'x', id: 'new', replyTo: MINE, ...far(ledger) }),
    { read: 10_002, written: 1 },
  ],
  editChat: [(ledger) => ({ ref: MINE, body: 'x', id: 'new', ...far(ledger) }), { read: 10_003, written: 2 }],
  deleteChat: [(ledger) => ({ ref: MINE, id: 'new', ...far(ledger) }), { read: 10_401, written: 201 }],
  react: [
    (ledger) => ({ ref: MINE, emoji: '👍', on: true, id: 'new', ...far(ledger) }),
    { read: 10_003, written: 2 },
  ],
  setTopic: [(ledger) => ({ topic: 'x', id: 'new', ...far(ledger) }), { read: 10_002, written: 2 }],
  newRoom: [{ username2: 'P7' }, { read: 5, written: 1 }],
  dismissRoom: [{ invite: 'room7' }, { read: 2, written: 1 }],
  markRead: [{ seq: 9 }, { read: 0, written: 0 }],
  sync: [{ seq: 9 }, { read: 0, written: 0 }],
}

/** As a moderator, except where only others ask. */
const ACTIONS: Record<RoomAction['kind'], [RoomAction, Rows]> = {
  set: [
    { kind: 'set', change: { access: 'invite', welcome: 'x', retention: '30d' } },
    { read: 3, written: 2 },
  ],
  moderate: [
    { kind: 'moderate', what: { action: 'ban', by: 'mo', network: true } },
    { read: 2_704, written: 1_102 },
  ],
  listPeople: [{ kind: 'listPeople' }, { read: 6_010, written: 0 }],
  listNotes: [
    { kind: 'listNotes', before: 1e9, limit: LIMITS.auditPage },
    { read: 101, written: 0 },
  ],
  report: [
    { kind: 'report', what: { ref: MINE, reason: 'x' } },
    { read: 3, written: 2 },
  ],
  block: [
    { kind: 'block', by: 'p7', on: false },
    { read: 201, written: 1 },
  ],
  setOwn: [
    { kind: 'setOwn', change: { refusesStrangers: true } },
    { read: 253, written: 1 },
  ],
  makeLink: [
    { kind: 'makeLink', link: { role: 'member' }, hash: 'new' },
    { read: 397, written: 2 },
  ],
  listLinks: [{ kind: 'listLinks' }, { read: 2_302, written: 0 }],
  revokeLink: [
    { kind: 'revokeLink', hash: 'h1' },
    { read: 2_008, written: 1_002 },
  ],
  redeemLink: [
    { kind: 'redeemLink', hash: 'h1' },
    { read: 5, written: 3 },
  ],
  forget: [{ kind: 'forget' }, { read: 8_362, written: 1_003 }],
}

type Calls = { ledger: Ledger; who: { session: string; by: string } }

/** The calls that are no actions. */
const CALLS: Record<string, [(calls: Calls) => unknown, Rows]> = {
  'GET /:room': [
    ({ ledger: { core, now, room }, who }) => [
      core.refuses(who, now),
      core.placeFor(who, PLACES, now),
      core.charges(who, now),
      factsOf(room, core),
    ],
    { read: 1, written: 0 },
  ],
  'GET /:room/messages': [
    ({ ledger, who }) => [
      ledger.core.refusesPage(who, { limit: 999 }, ledger.now),
      ledger.core.page({ limit: 999 }),
    ],
    { read: 200, written: 0 },
  ],
  'GET /:room/usage': [
    ({ ledger: { core, now }, who }) => core.refusesUsage(who, now),
    { read: 1, written: 0 },
  ],
  'GET /:room/ws': [
    ({ ledger: { core, now }, who }) => [
      core.refuses(who, now),
      core.placeFor(who, PLACES, now),
      core.open(newConnection({ ...who, origin: '' })),
    ],
    { read: 1, written: 0 },
  ],
  'DELETE /:room': [({ ledger: { core, now }, who }) => core.refusesErase(who, now), { read: 1, written: 0 }],
}

const PLACES = { sockets: 10, personSockets: 10, networkSockets: 10 }
/** The route of each action. The first room's rows are those of RW20. */
const ROUTES: Record<string, RoomAction['kind'] | 'call' | 'begins a room'> = {
  'POST /': 'begins a room',
  'GET /:room': 'call',
  'DELETE /:room': 'call',
  'GET /:room/messages': 'call',
  'GET /:room/usage': 'call',
  'GET /:room/ws': 'call',
  'PATCH /:room': 'set',
  'POST /:room/moderation': 'moderate',
  'POST /:room/reports': 'report',
  'GET /:room/people': 'listPeople',
  'GET /:room/audit': 'listNotes',
  'PUT /:room/blocks/:by': 'block',
  'DELETE /:room/blocks/:by': 'block',
  'POST /:room/links': 'makeLink',
  'GET /:room/links': 'listLinks',
  'DELETE /:room/links/:id': 'revokeLink',
  'POST /:room/links/redeem': 'redeemLink',
  'PATCH /:room/me': 'setOwn',
  'DELETE /:room/me': 'forget',
}

describe('the rows of each frame and call at its worst', () => {
  it.each(Object.entries(FRAMES))('[RW30] %s', async (event, [data, rows]) => {
    await inFullRoom(({ ledger, ann, ben }) => {
      const from = event === 'setTopic' || event === 'dismissRoom' ? ann : ben
      if (event === 'userJoin') ledger.leave(ann)
      const who = event === 'userJoin' ? newConnection({ session: 's-ann', by: 'ann', origin: '' }) : from
      ledger.core.open(who)
      const body = typeof data === 'function' ? data(ledger) : data
      const send = () => (event === 'newRoom' ? ledger.invite(who, 'P7') : ledger.send(who, event, body))
      expect(ledger.cost(() => expect(send().told).not.toContain('error'))).toEqual(rows)
    })
  })

  it.each(Object.entries(ACTIONS))('[RW31] %s', async (kind, [action, rows]) => {
    await inFullRoom(({ ledger }) => {
      const by = kind === 'redeemLink' ? 'stranger' : kind === 'forget' || kind === 'report' ? 'ben' : 'ann'
      const who = { session: `s-${by}`, by }
      // With a link less, one can be made.
      if (kind === 'makeLink') ledger.act('ann', { kind: 'revokeLink', hash: 'h2' })
      expect(
        ledger.cost(() => expect(ledger.core.act(who, action, ledger.now).value).toMatchObject({ ok: true })),
      ).toEqual(rows)
    })
  })

  it.each(Object.entries(CALLS))('[RW32] %s', async (_route, [call, rows]) => {
    await inFullRoom(({ ledger }) =>
      expect(ledger.cost(() => call({ ledger, who: { session: 's-ann', by: 'ann' } }))).toEqual(rows),
    )
  })

  it('[RW33] are held for every frame, every action and every route of a room', () => {
    expect(Object.keys(FRAMES).sort()).toEqual(Object.keys(clientFrames).sort())
    expect(Object.keys(ACTIONS).sort()).toEqual(Object.keys(ACTION_NEEDS).sort())
    const routes = [roomRoutes, moderationRoutes].flatMap((app) =>
      app.routes.map(({ method, path }) => `${method} ${path}`),
    )
    expect([...new Set(routes)].sort()).toEqual(Object.keys(ROUTES).sort())
    const held = Object.entries(ROUTES).flatMap(([route, kind]) => (kind === 'call' ? [route] : []))
    expect(Object.keys(CALLS).sort()).toEqual(held.sort())
    const actions = Object.values(ROUTES).filter((kind) => kind in ACTIONS)
    expect([...new Set(actions)].sort()).toEqual(Object.keys(ACTIONS).sort())
  })
})
