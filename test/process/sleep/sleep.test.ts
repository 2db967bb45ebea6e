import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { Session, Socket } from '../../../client/session/index.ts'
import { newPerson, nodeSocket, openNodeSession, until } from '../../../tools/node-session.ts'
import { realClock } from '../../../tools/real-clock.ts'
import { bundleWorker, startWorkerd } from '../../../tools/workerd.mjs'
import type { Counts } from './counted/counts.ts'

/** The runtime puts a room to sleep after 10 idle seconds. */
const ASLEEP_MS = 15_000
/** A heartbeat every second, so that some come before the room sleeps and many after. */
const TIMES_FASTER = 20

let server: Awaited<ReturnType<typeof startWorkerd>>
beforeAll(async () => {
  const folder = mkdtempSync(join(inject('bundle').folder, 'counted-'))
  server = await startWorkerd(bundleWorker(folder, 'test/process/sleep/counted/worker.ts'))
})
afterAll(() => server.kill())

async function counted(): Promise<Counts> {
  return (await fetch(`${server.url}/counts`)).json() as Promise<Counts>
}

interface Guest {
  session: Session
  socket: () => Socket
  pongs: string[]
  opened: () => number
}

/** The session kit, with a record of its frames. */
async function enter(username: string): Promise<Guest> {
  const cookie = await newPerson(server.url)
  const pongs: string[] = []
  const sockets: Socket[] = []
  const session = openNodeSession(server.url, {
    cookie,
    room: 'quiet',
    username,
    clock: realClock(TIMES_FASTER),
    connect(handlers) {
      const message = (text: string) => {
        if (text.startsWith('pong')) pongs.push(text)
        handlers.message(text)
      }
      const socket = nodeSocket(server.url, { room: 'quiet', cookie }, { ...handlers, message })
      sockets.push(socket)
      return socket
    },
  })
  await until(session, ({ view }) => view.status.kind === 'live')
  const socket = () => {
    const newest = sockets.at(-1)
    if (newest === undefined) throw new Error('No socket was opened')
    return newest
  }
  return { session, socket, pongs, opened: () => sockets.length }
}

const bodies = ({ view }: Session): string[] =>
  view.timeline.flatMap((item) => (item.kind === 'message' ? [item.message.body] : []))
const names = ({ view }: Session): string[] => view.people.map(({ username }) => username).sort()
const hears = ({ session }: Guest, body: string): Promise<void> =>
  until(session, (one) => bodies(one).includes(body))

it('[SP1] a room whose people are silent sleeps through their heartbeats, and wakes with its state unchanged', async () => {
  const ann = await enter('Ann')
  const ben = await enter('Ben')
  await ann.session.send('before')
  await Promise.all([ann, ben].map((guest) => hears(guest, 'before')))
  // All batched events are sent, and no timer is pending.
  await until(ann.session, (session) => names(session).length === 2)
  while ((await counted()).pending > 0) await pass(50)

  const quiet = await counted()
  const answered = ann.pongs.length
  await pass(ASLEEP_MS)
  expect(await counted()).toEqual(quiet)
  expect(quiet).toMatchObject({ constructed: 1, pending: 0, alarms: 0 })
  expect(new Set(ann.pongs.slice(answered))).toEqual(new Set(['pong 1']))
  expect(ann.pongs.length - answered).toBeGreaterThanOrEqual(5)

  // It was asleep: a frame other than a heartbeat constructs it again, with its state unchanged.
  ben.socket().send('ping ')
  await expect.poll(counted).toEqual({ ...quiet, constructed: 2, frames: quiet.frames + 1 })
  await ben.session.send('after')
  await Promise.all([ann, ben].map((guest) => hears(guest, 'after')))
  for (const { session, opened } of [ann, ben]) {
    expect(bodies(session)).toEqual(['before', 'after'])
    expect(names(session)).toEqual(['Ann', 'Ben'])
    expect(session.view.status).toEqual({ kind: 'live' })
    expect(opened()).toBe(1)
  }
  const cleo = await enter('Cleo')
  await until(cleo.session, (session) => names(session).length === 3)
  await until(ann.session, (session) => names(session).length === 3)
  expect([bodies(cleo.session), names(ann.session)]).toEqual([
    ['before', 'after'],
    ['Ann', 'Ben', 'Cleo'],
  ])
  for (const { session } of [ann, ben, cleo]) session.close()
})
