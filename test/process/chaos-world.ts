import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { SessionOptions } from '../../client/session/index.ts'
import { parseClientFrame } from '../../src/protocol/parse-client-frame.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import { isLogEntry, type LogEntry, type ReceivedFrame } from '../../src/protocol/server-frames.ts'
import {
  checkAcks,
  checkConverged,
  checkLog,
  checkNothingLost,
  checkOrder,
  checkSuffix,
} from '../../tools/delivery/invariants.ts'
import { newPerson, nodeSocket, openNodeSession } from '../../tools/node-session.ts'
import { Person } from './chaos-person.ts'
import { type Link, openChaosProxy } from './chaos-proxy.ts'
import { PacedClock } from './paced-clock.ts'

/** Longer than the session kit needs to count a connection as steady. */
const A_WHILE_MS = 6_000

/** One room on a real server, and its people. */
export class ChaosWorld {
  readonly room = `room-${randomUUID().slice(0, 8)}`
  readonly clock: PacedClock
  /** The room's log, as received over a healthy network. */
  readonly log: LogEntry[] = []
  readonly people: Person[] = []
  readonly #server: { url: string; port: number }
  #closeWitness = () => {}

  private constructor(server: { url: string; port: number }) {
    this.#server = server
    this.clock = new PacedClock(async () => {
      const answer = await fetch(`${server.url}/api/rooms/${this.room}`)
      await answer.arrayBuffer()
    })
  }

  static async open(server: { url: string; port: number }): Promise<ChaosWorld> {
    const world = new ChaosWorld(server)
    await world.#listen()
    return world
  }

  /** Adds a person, and waits until their connection is steady. */
  async join(username: string, options: Partial<SessionOptions> = {}): Promise<Person> {
    const person = await this.open(username, options)
    await this.clock.until(() => person.isLive, `${username} was live`)
    await this.clock.pass(A_WHILE_MS)
    return person
  }

  async open(username: string, options: Partial<SessionOptions> = {}): Promise<Person> {
    const cookie = await newPerson(this.#server.url)
    const proxy = await openChaosProxy(this.#server.port)
    const { room, clock } = this
    const person = new Person(username, proxy, (outbox) =>
      openNodeSession(proxy.url, { room, cookie, username, clock, outbox, ...options }),
    )
    this.people.push(person)
    return person
  }

  /** A person without the session kit sends all messages at once, and leaves. */
  async sayAtOnce(username: string, bodies: readonly string[]): Promise<void> {
    const { room } = this
    const cookie = await newPerson(this.#server.url)
    const length = this.log.length + bodies.length
    const socket = nodeSocket(
      this.#server.url,
      { room, cookie },
      {
        open() {
          socket.send(JSON.stringify({ event: 'userJoin', data: { username, room } }))
          for (const body of bodies)
            socket.send(JSON.stringify({ event: 'updateChat', data: { body, room } }))
        },
        message: () => {},
        close: () => {},
      },
    )
    await this.clock.until(() => this.log.length === length, 'every message is in the log')
    socket.close()
  }

  /** Waits until a heartbeat of this person was answered, so that the next one is as late as possible. */
  async afterHeartbeat({ link }: Person): Promise<void> {
    const pongs = (): number => link.sentByServer.filter((text) => text.startsWith('pong')).length
    const before = pongs()
    await this.clock.until(() => pongs() > before, 'a heartbeat was answered')
  }

  /**
   * Waits until the room has told this person of everyone here. It does so up to a second later, by its own clock, and
   * a late frame proves a connection alive.
   */
  async afterRoster({ link }: Person): Promise<void> {
    const frames = (): ReceivedFrame[] => link.sentByServer.flatMap(parseServerFrames)
    const everyone = this.people.length + 1
    const isTold = (): boolean =>
      frames().some(({ event, data }) => event === 'activeUsers' && data.length === everyone)
    await expect.poll(isTold).toBe(true)
  }

  /** Waits until the log has `length` changes and everyone has all of them. Returns how long that took. */
  untilWhole(length: number): Promise<number> {
    const isWhole = (): boolean =>
      this.log.length >= length && this.people.every((one) => one.isWhole(this.log))
    return this.clock.until(isWhole, 'everyone had every change')
  }

  /** Checks the room and every view, once everyone has every change. */
  check(): void {
    const { log, people } = this
    checkLog(log)
    for (const person of people) {
      const { by, typed, shown, username, proxy } = person
      const ids = typed.map(({ id }) => id)
      checkAcks(log, person.acks())
      checkOrder(log, by, ids)
      const refused = person.refused()
      checkNothingLost(log, typed, ({ id }) => refused.has(id))
      checkConverged(log, shown, username)
      for (const link of proxy.links) checkResume(log, link)
    }
  }

  async close(): Promise<void> {
    this.#closeWitness()
    for (const { session } of this.people) session.close()
    await Promise.all(this.people.map(({ proxy }) => proxy.close()))
  }

  async #listen(): Promise<void> {
    const { room, log } = this
    const { url } = this.#server
    const cookie = await newPerson(url)
    const join = { event: 'userJoin', data: { username: 'Witness', room } }
    await new Promise<void>((resolve) => {
      const socket = nodeSocket(
        url,
        { room, cookie },
        {
          open: () => socket.send(JSON.stringify(join)),
          message(text) {
            for (const frame of parseServerFrames(text)) {
              if (frame.event === 'joined') resolve()
              if (frame.event === 'sync') socket.send(JSON.stringify(frame))
              if (isLogEntry(frame)) log.push(frame)
            }
          },
          close: () => {},
        },
      )
      this.#closeWitness = () => socket.close()
    })
  }
}

/** Checks the resume of one connection, if it resumed and the server sent the whole resume. */
function checkResume(log: readonly LogEntry[], { sentByClient, sentByServer }: Link): void {
  const asked = parseClientFrame(sentByClient[0] ?? '')
  const frames = sentByServer.flatMap(parseServerFrames)
  const joined = frames.find((frame) => frame.event === 'joined')
  if (!asked.ok || asked.frame.event !== 'userJoin' || !joined?.data.resumed) return
  const { seq } = joined.data
  const { after = 0 } = asked.frame.data
  const heard = frames.filter(isLogEntry)
  const missed = heard.filter(({ data }) => data.seq <= seq)
  const isAll = missed.at(-1)?.data.seq === seq || heard.length > missed.length
  if (isAll) checkSuffix(log.slice(0, seq), after, missed)
}
