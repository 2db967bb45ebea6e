import { SqlStore } from '../../src/platform/sql/sql-store.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import { RoomCore } from '../../src/room/core.ts'
import { type Connection, newConnection } from '../../src/room/state/connection.ts'
import type { TurnOutcome } from '../../src/room/state/state.ts'
import { NodeSql } from '../node-sql.ts'
import type { Random } from '../random.ts'
import { drawFrame, type Sent } from './draw-frame.ts'
import type { Known } from './grammar.ts'
import { HonestPerson } from './honest-person.ts'
import { Broken, checkPrototypes, learn, parseChecked } from './judge.ts'

/** One step of a room's history, with everything needed to repeat it. */
export type FuzzStep =
  | { readonly do: 'send'; readonly frames: readonly { readonly seat: number; readonly frame: Sent }[] }
  | { readonly do: 'speak'; readonly person: number }
  | { readonly do: 'leave'; readonly seat: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'sleep' }

/** Plants a fault, which the fuzzer must find. */
export type Sabotage = (core: RoomCore, store: SqlStore) => void

export interface Options {
  sabotage?: Sabotage | undefined
  /** Whether the room has the usual rate limit, so that it refuses most frames. */
  isPaced: boolean
}

const ROOM = 'kitchen'
const SEATS = 6
const PEOPLE = ['Ann', 'Ben', 'Cleo']
/** The number of attackers, who keep opening sockets. */
const ATTACKERS = 4

/** A room with a few honest people, and attackers who send arbitrary frames. */
export class FuzzedRoom {
  readonly known: Known = {
    room: ROOM,
    epochs: ['none'],
    ids: [],
    names: [...PEOPLE, 'Mal', 'Mallory', 'Zoë', 'admin'],
    seq: 0,
  }
  readonly honest: readonly HonestPerson[]
  /** Counts of sent events, which show that the frames reached all of the room. */
  readonly eventCounts: Record<string, number> = {}
  readonly #store: SqlStore
  readonly #options: Options
  readonly #seats: Connection[] = []
  #core: RoomCore
  #now = 1_700_000_000_000
  #ids = 0
  #sockets = 0

  constructor(options: Options) {
    this.#options = options
    this.#store = new SqlStore(new NodeSql(), ROOM)
    this.#core = this.#wake([])
    const friends = new Set<string>()
    this.honest = PEOPLE.map((username) => {
      const by = `honest-${username}`
      const connection = newConnection({ session: `s-${by}`, by, origin: 'https://hallway.test' })
      this.#core.open(connection)
      return new HonestPerson({ username, room: ROOM, friends }, connection)
    })
    for (const honest of this.honest) this.#send([[honest.connection, honest.join()]])
    for (let seat = 0; seat < SEATS; seat += 1) this.#seats.push(this.#open())
  }

  do(step: FuzzStep): void {
    if (step.do === 'send') {
      this.#send(
        step.frames.flatMap(({ seat, frame }) => {
          const from = this.#seats[seat]
          return from ? [[from, 'text' in frame ? frame.text : bytesOf(frame.bytes)] as const] : []
        }),
      )
    } else if (step.do === 'speak') this.#speak(step.person)
    else if (step.do === 'leave') this.#leave(step.seat)
    else if (step.do === 'wait') this.#wait(step.ms)
    else this.#sleep()
    checkPrototypes()
    this.#checkBounds()
  }

  /** Checks that all honest people received every honest message, once and in order. */
  end(): void {
    this.#wait(10_000)
    const [first, ...others] = this.honest.map(({ log }) => log.join('\n'))
    if (others.some((other) => other !== first)) throw new Broken('honest: their logs differ')
    for (const honest of this.honest) honest.checkAnswered()
  }

  #send(frames: readonly (readonly [Connection, string | ArrayBuffer])[]): void {
    this.#now += 5
    this.#deliver(
      this.#turn(() =>
        this.#core.receive(
          frames.map(([from, frame]) => ({ from, frame })),
          this.#now,
        ),
      ),
    )
  }

  #speak(person: number): void {
    const honest = this.honest[person]
    if (honest) this.#send([[honest.connection, honest.speak()]])
  }

  #leave(seat: number): void {
    const gone = this.#seats[seat]
    if (gone === undefined) return
    this.#deliver(this.#turn(() => this.#core.closed(gone, this.#now)))
    this.#seats[seat] = this.#open()
  }

  #wait(ms: number): void {
    const end = this.#now + ms
    for (let due = this.#core.nextDue(); due !== undefined && due <= end; due = this.#core.nextDue()) {
      this.#now = Math.max(this.#now, due)
      this.#deliver(this.#turn(() => this.#core.wake(this.#now)))
    }
    this.#now = end
  }

  /** Replaces the object, with the same storage and the connections stored with the sockets. */
  #sleep(): void {
    const copies = new Map([...this.#core.connections].map((one) => [one, structuredClone(one)]))
    for (const honest of this.honest) honest.connection = copies.get(honest.connection) ?? honest.connection
    for (const [seat, connection] of this.#seats.entries())
      this.#seats[seat] = copies.get(connection) ?? connection
    this.#core = this.#wake(copies.values())
  }

  #wake(connections: Iterable<Connection>): RoomCore {
    const core = new RoomCore(
      {
        room: ROOM,
        store: this.#store,
        rate: this.#options.isPaced
          ? { burst: LIMITS.rateBurst, perSecond: LIMITS.ratePerSecond }
          : { burst: 1e9, perSecond: 1e9 },
        newId: () => `id-${++this.#ids}`,
        newRoomId: () =>
          (++this.#ids)
            .toString(26)
            .replaceAll(/[0189]/g, 'x')
            .padStart(26, 'a'),
        signsOfLife: () => undefined,
        report: (fault) => {
          throw new Broken(`fault: ${fault instanceof Error ? fault.stack : fault}`)
        },
      },
      connections,
    )
    this.#options.sabotage?.(core, this.#store)
    return core
  }

  #open(): Connection {
    const by = `attacker-${this.#sockets++ % ATTACKERS}`
    const connection = newConnection({ session: `s-${by}`, by, origin: 'https://hallway.test' })
    this.#core.open(connection)
    return connection
  }

  #turn(work: () => TurnOutcome): TurnOutcome {
    try {
      return work()
    } catch (fault) {
      if (fault instanceof Broken) throw fault
      throw new Broken(`turn: ${fault instanceof Error ? fault.stack : fault}`)
    }
  }

  #deliver({ deliveries, roomCalls }: TurnOutcome): void {
    const seen = new Map<string, ReturnType<typeof parseChecked>>()
    const answers: [Connection, string][] = []
    for (const { to, frames, close } of deliveries) {
      const honest = this.honest.find(({ connection }) => connection === to)
      for (const text of frames) {
        const events = seen.get(text) ?? parseChecked(text)
        seen.set(text, events)
        for (const one of events) {
          learn(this.known, one)
          const what = one.event === 'error' ? `error ${one.data.code}` : one.event
          this.eventCounts[what] = (this.eventCounts[what] ?? 0) + 1
          const answer = honest?.receive(one)
          if (answer !== undefined) answers.push([to, answer])
        }
      }
      if (close === undefined) continue
      if (honest) throw new Broken(`honest: ${honest.username} was closed with ${close.code}`)
      const seat = this.#seats.indexOf(to)
      if (seat >= 0) this.#seats[seat] = this.#open()
    }
    for (const roomCall of roomCalls) {
      if (roomCall.kind === 'openPair')
        this.#deliver(this.#turn(() => this.#core.pairOpened(roomCall, false, this.#now)))
    }
    if (answers.length > 0) this.#send(answers)
  }

  #checkBounds(): void {
    const { size } = this.#core.connections
    if (size > SEATS + PEOPLE.length) throw new Broken(`bounds: ${size} sockets are known`)
    if (this.#core.online > ATTACKERS + PEOPLE.length)
      throw new Broken(`bounds: ${this.#core.online} people are present`)
  }
}

export function drawStep(random: Random, { known }: FuzzedRoom): FuzzStep {
  const chance = random.next()
  if (chance < 0.1) return { do: 'speak', person: random.between(0, PEOPLE.length - 1) }
  if (chance < 0.13) return { do: 'leave', seat: random.between(0, SEATS - 1) }
  if (chance < 0.16) return { do: 'wait', ms: random.spread(10, 10_000) }
  if (chance < 0.165) return { do: 'sleep' }
  const frames = Array.from({ length: random.between(1, 8) }, () => {
    const seat = random.between(0, SEATS - 1)
    if (!random.chance(0.1)) return { seat, frame: drawFrame(random, known) }
    // Otherwise hardly any attacker would join.
    const data = { username: `Mal ${seat}`, room: known.room }
    return { seat, frame: { text: JSON.stringify({ event: 'userJoin', data }) } }
  })
  return { do: 'send', frames }
}

function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(base64, 'base64')).buffer
}
