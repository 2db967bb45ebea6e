import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { callOk, ownedRoom, personIdOf } from './api-calls.ts'
import { freshRoom, newCookie, RawClient } from './raw-client.ts'

/** A room, a person who sends requests to it, and the people and messages the requests are about. */
export interface World {
  room: string
  access: 'open' | 'invite'
  /** The person who sends the request: the same each time, or a new one with the same standing. */
  someone(): Promise<Someone>
  headers: Record<string, string>
  /** Ids of another member, a moderator and the owner. Rooms without them repeat the other member. */
  other: string
  otherName: string
  moderator: string
  owner: string
  /** Three messages of the person, and three of the other member. */
  own: readonly number[]
  others: readonly number[]
  link: string
  secret: string
  /** Gives the room back to its owner after a transfer. */
  takeBack(): Promise<void>
}

export interface Someone {
  cookie: string
  name: string
  /** Their connection, if they have joined. */
  raw?: RawClient
}

const NOBODY = 'a'.repeat(20)
const BARRED = { 'CF-Connecting-IP': '203.0.113.9' }

const EMPTY = {
  access: 'open',
  headers: {},
  other: NOBODY,
  otherName: 'Otto',
  moderator: NOBODY,
  owner: NOBODY,
  own: [],
  others: [1, 1, 1],
  link: 'none',
  secret: 'x'.repeat(43),
  takeBack: async () => {},
} as const

/** The rooms in which each column of the table holds. */
export const WORLDS: Record<string, Record<string, () => Promise<World>>> = {
  owner: both((access) => owned(access, 'owner')),
  moderator: both((access) => owned(access, 'moderator')),
  member: both((access) => owned(access, 'member')),
  muted: both((access) => owned(access, 'muted')),
  reader: both((access) => owned(access, 'reader')),
  admitted: both((access) => owned(access, 'admitted')),
  banned: {
    ...both((access) => owned(access, 'banned')),
    'open, from a banned network': () => owned('open', 'barred'),
  },
  stranger: {
    'open with an owner': () => owned('open', 'stranger'),
    'open without one': async () => ({ ...(await ownerless()), someone: stranger }),
    'not begun': async () => ({ ...EMPTY, room: freshRoom('unbegun'), someone: stranger }),
  },
  lockedOut: { locked: () => owned('open', 'lockedOut') },
  uninvited: { 'invite-only': () => owned('invite', 'stranger') },
  ownerless: { 'open without owner': ownerless },
  private: {
    'private, having asked': () => pair('asker'),
    'private, having been asked': () => pair('asked'),
  },
  awaited: { private: () => pair('awaited') },
  outside: {
    private: () => pair('outside'),
    'never made': async () => ({
      ...EMPTY,
      room: `${newCookie().replace(/[^a-z]/g, '')}${'q'.repeat(26)}`.slice(0, 26),
      someone: stranger,
    }),
  },
}

function both(world: (access: 'open' | 'invite') => Promise<World>): Record<string, () => Promise<World>> {
  return { open: () => world('open'), 'invite-only': () => world('invite') }
}

async function stranger(): Promise<Someone> {
  return { cookie: newCookie(), name: `Guest ${Math.random().toString(36).slice(2, 10)}` }
}

type AskerStanding =
  | 'owner'
  | 'moderator'
  | 'member'
  | 'muted'
  | 'reader'
  | 'admitted'
  | 'banned'
  | 'barred'
  | 'stranger'
  | 'lockedOut'

/** A room with an owner, a moderator and a member, and the person who sends requests. */
async function owned(access: 'open' | 'invite', standing: AskerStanding): Promise<World> {
  const { room, owner } = await ownedRoom(access)
  const set = (body: object) => callOk(owner.cookie, 'POST', `/${room}/moderation`, body)
  const { url, id } = await callOk(owner.cookie, 'POST', `/${room}/links`, { role: 'member' })
  const secret = url.split('#k=')[1]
  const admit = async () => {
    const guest = await stranger()
    await callOk(guest.cookie, 'POST', `/${room}/links/redeem`, { secret })
    return guest
  }
  const enter = async (name: string) => {
    const { cookie } = await admit()
    return RawClient.join(room, name, cookie)
  }
  const mo = await enter('Mo')
  await set({ action: 'setRole', by: personIdOf(mo), role: 'moderator' })
  const otto = await enter('Otto')
  const others = await saySome(otto)
  const world = {
    ...EMPTY,
    room,
    access,
    other: personIdOf(otto),
    moderator: personIdOf(mo),
    owner: personIdOf(owner),
    others,
    link: id,
    secret,
    takeBack: () =>
      callOk(otto.cookie, 'POST', `/${room}/moderation`, {
        action: 'setRole',
        by: personIdOf(owner),
        role: 'owner',
      }),
  }
  if (standing === 'owner')
    return {
      ...world,
      own: await saySome(owner),
      someone: always({ cookie: owner.cookie, name: 'Ann', raw: owner }),
    }
  if (standing === 'stranger') return { ...world, someone: stranger }
  if (standing === 'admitted') return { ...world, someone: admit }
  if (standing === 'lockedOut') {
    await callOk(owner.cookie, 'PATCH', `/${room}`, { locked: true })
    return { ...world, someone: stranger }
  }
  if (standing === 'barred') {
    const eve = await RawClient.open(room, newCookie(), BARRED)
    eve.send('userJoin', { username: 'Eve', room })
    await eve.next('joined')
    await set({ action: 'ban', by: personIdOf(eve), network: true })
    return { ...world, headers: BARRED, someone: stranger }
  }
  const raw = await enter('Cleo')
  const own = await saySome(raw)
  const by = personIdOf(raw)
  if (standing === 'moderator' || standing === 'reader') await set({ action: 'setRole', by, role: standing })
  if (standing === 'muted') await set({ action: 'mute', by, ms: 24 * 60 * 60 * 1_000 })
  if (standing === 'banned') await set({ action: 'ban', by })
  const cleo = { cookie: raw.cookie, name: 'Cleo' }
  return { ...world, own, someone: always(standing === 'banned' ? cleo : { ...cleo, raw }) }
}

async function ownerless(): Promise<World> {
  const room = freshRoom('ownerless')
  const cleo = await RawClient.join(room, 'Cleo')
  const otto = await RawClient.join(room, 'Otto')
  const other = personIdOf(otto)
  const someone = always({ cookie: cleo.cookie, name: 'Cleo', raw: cleo })
  const [own, others] = [await saySome(cleo), await saySome(otto)]
  return { ...EMPTY, room, someone, own, others, other, moderator: other, owner: other }
}

/** A private room, and one of its two people, or a stranger. */
async function pair(standing: 'asker' | 'asked' | 'awaited' | 'outside'): Promise<World> {
  const hall = freshRoom('hall')
  const [first, second] = [await RawClient.join(hall, 'Cleo'), await RawClient.join(hall, 'Otto')]
  const [asker, asked] = standing === 'asker' ? [first, second] : [second, first]
  asker.send('newRoom', { username2: asker === first ? 'Otto' : 'Cleo' })
  const { room } = (await asker.next('newRoom')).data
  const otto = await RawClient.join(room, 'Otto', second.cookie)
  const other = personIdOf(otto)
  const others = await saySome(otto)
  const world = { ...EMPTY, room, other, moderator: other, owner: other, others }
  if (standing === 'outside') return { ...world, someone: stranger }
  if (standing === 'awaited') return { ...world, someone: always({ cookie: asked.cookie, name: 'Cleo' }) }
  const cleo = await RawClient.join(room, 'Cleo', first.cookie)
  const someone = always({ cookie: cleo.cookie, name: 'Cleo', raw: cleo })
  return { ...world, own: await saySome(cleo), someone }
}

function always(someone: Someone): () => Promise<Someone> {
  return async () => someone
}

async function saySome(raw: RawClient): Promise<number[]> {
  const seqs: number[] = []
  for (const body of ['one', 'two', 'three']) {
    raw.say(body, { id: body })
    seqs.push((await raw.next('ack')).data.seq)
  }
  return seqs
}

/** All stored data of a room, except its usage, and what admits the people of this test: admissions and their notes. */
export function stored(room: string): Promise<unknown> {
  return runInDurableObject(env.ROOMS.getByName(room), (_room, { storage: { sql } }) => {
    const tables = sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      )
      .toArray()
      .map(({ name }) => name)
      .filter((name) => !['admissions', 'usage'].includes(name))
    return tables.map((name) => {
      const rows = sql.exec(`SELECT * FROM "${name}"`).toArray()
      return [name, name === 'audit' ? rows.filter(({ action }) => action !== 'redeemLink') : rows]
    })
  })
}
