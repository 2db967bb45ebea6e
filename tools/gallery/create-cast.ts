import type { Session } from '../../client/session/index.ts'
import { newPerson, openNodeSession, until } from '../node-session.ts'
import { NOW } from './calendar.ts'

export type Cast = ReturnType<typeof createCast>

/** The people in the pictures who need no browser: their cookies, their messages, and the times these show. */
export function createCast(url: string) {
  const cookies = new Map<string, Promise<string>>()
  const sessions = new Map<string, Promise<Session>>()
  const prepared = new Map<string, Promise<void>>()
  const times = new Map<string, number>()
  const owned = new Map<string, Promise<string>>()
  const crowds: WebSocket[] = []

  const cookieOf = (room: string, name: string) => once(cookies, `${room} ${name}`, () => newPerson(url))

  function meet(room: string, name: string): Promise<Session> {
    return once(sessions, `${room} ${name}`, async () => {
      const cookie = await cookieOf(room, name)
      const session = openNodeSession(url, { room, username: name, cookie })
      await until(session, ({ view }) => view.status.kind === 'live')
      return session
    })
  }

  return {
    /** A name is always the same person in a room, on any connection. */
    cookieOf,
    meet,
    timeOf: (room: string, seq: number) => times.get(`${room} ${seq}`) ?? NOW,

    /** Creates a room that the named person owns. The same key gives the same room again. */
    own: (key: string, name: string) =>
      once(owned, key, async () => {
        const cookie = await newPerson(url)
        const answer = await fetch(`${url}/api/rooms`, { method: 'POST', headers: { cookie } })
        const { room } = (await answer.json()) as { room: string }
        cookies.set(`${room} ${name}`, Promise.resolve(cookie))
        await meet(room, name)
        return room
      }),

    /** Calls the HTTP API of a room as a person. */
    async ask(room: string, name: string, path: string, method: string, what?: unknown): Promise<void> {
      const headers = { cookie: await cookieOf(room, name), 'Content-Type': 'application/json' }
      const body = what === undefined ? {} : { body: JSON.stringify(what) }
      const answer = await fetch(`${url}/api/rooms/${room}${path}`, { method, headers, ...body })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`)
    },

    /** Prepares a room once, for every picture of it. */
    prepare: (room: string, how: () => Promise<void>) => once(prepared, room, how),

    /** Sends a message and returns its `seq`. */
    async say(
      room: string,
      name: string,
      body: string,
      { time, replyTo }: { time?: number; replyTo?: number } = {},
    ): Promise<number> {
      const session = await meet(room, name)
      await session.send(body, replyTo === undefined ? {} : { replyTo })
      await stored(session)
      const newest = session.view.timeline.findLast((item) => item.kind === 'message' && item.mine)
      const seq = newest?.kind === 'message' ? newest.message.seq : 0
      if (time !== undefined) times.set(`${room} ${seq}`, time)
      return seq
    },

    /** People who join and say nothing. */
    async crowd(room: string, names: readonly string[]): Promise<void> {
      for (const [n, name] of names.entries()) {
        // One address may not open this many connections at once.
        const init = { headers: { 'CF-Connecting-IP': `192.0.2.${n % 256}` } } as unknown as string[]
        const socket = new WebSocket(`${url.replace('http', 'ws')}/api/rooms/${room}/ws`, init)
        crowds.push(socket)
        await new Promise<void>((resolve, reject) => {
          socket.onopen = () =>
            socket.send(JSON.stringify({ event: 'userJoin', data: { username: name, room } }))
          socket.onmessage = () => resolve()
          socket.onclose = () => reject(new Error(`${name} could not join`))
        })
      }
    },

    async end(): Promise<void> {
      for (const socket of crowds) socket.close()
      for (const session of await Promise.all(sessions.values())) session.close()
    },
  }
}

/** Waits until the room has stored everything the person sent. */
export function stored(session: Session): Promise<void> {
  return until(session, ({ view }) =>
    view.timeline.every((item) => item.kind === 'message' && item.editing === undefined),
  )
}

function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? make()
  known.set(key, found)
  return found
}
