import { CLOSE } from '../../protocol/error-rules.ts'
import { LIMITS } from '../../protocol/limits.ts'
import type { ServerData, ServerEvent } from '../../protocol/server-frames.ts'
import { utf8Length } from '../model/text.ts'
import { type Connection, countSent, exceedsFlow, furthestBehind, syncEvery } from './connection.ts'
import { type Unread, UnreadOutput } from './unread-output.ts'

/** What goes to one socket, in order: frames, and perhaps its close. */
export interface Delivery {
  to: Connection
  frames: readonly string[]
  close?: { code: number; reason: string }
  /** What a closed socket holds until its connection ends. */
  unread?: Unread
}

/** An event as it is sent, and its length in bytes of UTF-8. */
export interface Measured {
  json: string
  bytes: number
}

interface Shared extends Measured {
  /** Who does not get it: one socket, or all sockets of one person. */
  except: Connection | string | undefined
}

/**
 * What one turn sends, gathered until it is committed. Each socket gets its welcome first, then what everyone gets, then
 * answers. Everyone who gets the same events gets the same string.
 */
export class Outgoing {
  readonly #now: number
  readonly #shared: Shared[] = []
  /** How many of the first shared events a connection does not get. */
  readonly #skips = new Map<Connection, number>()
  readonly #first = new Map<Connection, Packed>()
  readonly #answers = new Map<Connection, Measured[]>()
  readonly #asks = new Set<Connection>()
  readonly #closes = new Map<Connection, { code: number; reason: string }>()
  readonly touched = new Set<Connection>()
  /** Bytes sent to all connections together. */
  bytes = 0
  /** Bytes of answers so far. */
  answered = 0

  constructor(now = 0) {
    this.#now = now
  }

  /** Sends to everyone in the room. */
  share(json: string, except?: Connection | string | undefined): void {
    this.#shared.push({ ...measured(json), except })
  }

  /** The first `count` of what this turn shares are not for `to`. */
  skip(to: Connection, count: number): void {
    this.#skips.set(to, Math.max(count, this.#skips.get(to) ?? 0))
  }

  /** Asks for a `sync` after what this turn sends to `to`, however little that is. */
  ask(to: Connection): void {
    this.#asks.add(to)
  }

  /** Sends a joiner their welcome, before anything shared in this turn. */
  first(to: Connection, packed: Packed): void {
    this.#first.set(to, packed)
  }

  answer<E extends ServerEvent>(to: Connection, event: E, data: ServerData<E>): void {
    this.answerAll(to, [encode(event, data)])
  }

  answerAll(to: Connection, events: readonly string[]): void {
    if (events.length === 0) return
    const answers = this.#answers.get(to) ?? []
    this.#answers.set(to, answers)
    for (const event of events) {
      const answer = measured(event)
      this.answered += answer.bytes
      answers.push(answer)
    }
  }

  /** Whether its answers so far are too many: it will be closed and get none of them. */
  isFlooded(to: Connection): boolean {
    const answers = this.#answers.get(to) ?? []
    return exceedsFlow(
      to,
      answers.reduce((sum, { bytes }) => sum + bytes, 0),
    )
  }

  close(to: Connection, code: number, reason: string): void {
    if (!this.#closes.has(to)) this.#closes.set(to, { code, reason })
  }

  /** Saves this connection in the attachment of its socket after the turn. */
  touch(connection: Connection): void {
    this.touched.add(connection)
  }

  isClosing(connection: Connection): boolean {
    return this.#closes.has(connection)
  }

  /**
   * Who gets what. `hears` answers whether a connection gets shared events. Who is answered comes last: who speaks again on
   * an ack would otherwise be handled before others have heard the first.
   */
  deliveries(
    connections: ReadonlySet<Connection>,
    newest: number,
    hears: (to: Connection) => boolean,
    closed = new UnreadOutput(),
  ): Delivery[] {
    const every = syncEvery(connections.size, closed.bytes)
    const sent = new Map<Connection, number>()
    let hasAsked = false
    const excepted = new Set(this.#shared.map(({ except }) => except))
    const same = pack(this.#shared)
    const unasked: Delivery[] = []
    const answered: Delivery[] = []
    // Where nothing is shared, only connections with something of their own matter.
    const owed =
      this.#shared.length > 0
        ? connections
        : new Set([...this.#first.keys(), ...this.#answers.keys(), ...this.#closes.keys()])
    for (const to of owed) {
      const first = this.#first.get(to)
      const answers = this.#answers.get(to)
      const heard = hears(to)
      const differs = heard && (excepted.has(to) || excepted.has(to.by) || this.#skips.has(to))
      const shared = differs ? this.#for(to) : heard ? this.#shared : []
      const rest = answers ? pack([...shared, ...answers]) : differs ? pack(shared) : heard ? same : NOTHING
      const own = first ? both(first, rest) : rest
      const close = this.#closes.get(to)
      if (own.frames.length === 0 && close === undefined) continue
      const delivery: Delivery = close ? { to, frames: own.frames, close } : { to, frames: own.frames }
      // The bytes count against the reader's flow control.
      const verdict = countSent(to, own.bytes, this.#now, this.#asks.has(to) ? 0 : every)
      if (verdict !== 'close') sent.set(to, own.bytes)
      if (verdict !== 'fine') this.touch(to)
      if (verdict === 'ask') hasAsked = true
      const deliveries = answers ? answered : unasked
      deliveries.push(flowing(delivery, verdict, newest))
    }
    const deliveries = [...unasked, ...answered]
    const all = hasAsked
      ? withoutFurthestBehind(deliveries, { connections, closed, sent, now: this.#now })
      : deliveries
    for (const bytes of sent.values()) this.bytes += bytes
    return all
  }

  #for(to: Connection): Shared[] {
    return this.#shared
      .slice(this.#skips.get(to) ?? 0)
      .filter(({ except }) => except === undefined || (except !== to && except !== to.by))
  }
}

/** A delivery as the reader's flow control lets it through. */
function flowing(delivery: Delivery, verdict: ReturnType<typeof countSent>, newest: number): Delivery {
  if (verdict === 'fine') return delivery
  if (verdict === 'close') return closing(delivery.to)
  return { ...delivery, frames: [...delivery.frames, encode('sync', { seq: newest })] }
}

interface Readers {
  connections: ReadonlySet<Connection>
  closed: UnreadOutput
  /** The bytes that each is sent in this turn. */
  sent: Map<Connection, number>
  now: number
}

/** The same deliveries, except that the readers who keep too much waiting get nothing and are closed. */
function withoutFurthestBehind(deliveries: Delivery[], readers: Readers): Delivery[] {
  const { connections, closed, sent, now } = readers
  const slow = new Set(furthestBehind(connections, closed, now, new Set(deliveries.map(({ to }) => to))))
  const rest = deliveries.map((delivery) => {
    const { to } = delivery
    if (!slow.delete(to) || delivery.close !== undefined) return delivery
    to.flow.unanswered -= sent.get(to) ?? 0
    sent.delete(to)
    return closing(to)
  })
  return [...rest, ...[...slow].map(closing)]
}

function closing(to: Connection): Delivery {
  return { to, frames: [], close: { code: CLOSE.slowReader, reason: 'slow reader' } }
}

export function encode<E extends ServerEvent>(event: E, data: ServerData<E>): string {
  return JSON.stringify({ event, data })
}

export function measured(json: string): Measured {
  return { json, bytes: utf8Length(json) }
}

/** Frames, and their length together in bytes. */
export interface Packed {
  readonly frames: readonly string[]
  readonly bytes: number
}

/** Packs events into frames: a single event as it is, several as arrays of bounded size. */
export function pack(events: readonly Measured[]): Packed {
  const frames: string[] = []
  let gathered: string[] = []
  let length = 0
  let bytes = 0
  const end = () => {
    const [only] = gathered
    if (only === undefined) return
    frames.push(gathered.length === 1 ? only : `[${gathered.join(',')}]`)
    // Two brackets, and a comma between each two.
    if (gathered.length > 1) bytes += gathered.length + 1
    gathered = []
    length = 0
  }
  for (const event of events) {
    if (length + event.json.length > LIMITS.resumeFrameBytes) end()
    if (event.json.length > LIMITS.resumeFrameBytes / 2) {
      // Many sockets may share this text: a copy for each would fill the memory.
      end()
      frames.push(event.json)
      bytes += event.bytes
      continue
    }
    gathered.push(event.json)
    length += event.json.length
    bytes += event.bytes
  }
  end()
  return { frames, bytes }
}

const NOTHING = pack([])

function both(first: Packed, then: Packed): Packed {
  return { frames: [...first.frames, ...then.frames], bytes: first.bytes + then.bytes }
}
