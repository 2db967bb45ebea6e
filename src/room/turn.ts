import { CLOSE } from '../protocol/errors.ts'
import { LIMITS } from '../protocol/limits.ts'
import type { ServerData, ServerEvent } from '../protocol/server-frames.ts'
import { type Connection, countSent, isTooMuch } from './connection.ts'
import { utf8Length } from './text.ts'

/** What goes to one socket, in order: frames, and perhaps its end. */
export interface Delivery {
  to: Connection
  frames: readonly string[]
  close?: { code: number; reason: string }
}

interface Shared {
  json: string
  /** Whoever is not to hear it: one socket, or all of one person. */
  except?: Connection | string
}

/**
 * What one turn of the room tells, gathered until it is committed: first what a joiner is owed before anything
 * else, then what everyone hears, then answers. Everyone who hears the same gets the same string.
 */
export class Turn {
  readonly #shared: Shared[] = []
  readonly #first = new Map<Connection, string[]>()
  readonly #answers = new Map<Connection, string[]>()
  readonly #closes = new Map<Connection, { code: number; reason: string }>()
  readonly touched = new Set<Connection>()
  /** How much is sent, to all together. */
  bytes = 0

  /** Tells everyone in the room. */
  share(json: string, except?: Connection | string | undefined): void {
    this.#shared.push(except === undefined ? { json } : { json, except })
  }

  /** Whole frames that a joiner gets before anything shared in this turn. */
  first(to: Connection, frames: readonly string[]): void {
    push(this.#first, to, frames)
  }

  answer<E extends ServerEvent>(to: Connection, event: E, data: ServerData<E>): void {
    this.answerAll(to, [encode(event, data)])
  }

  answerAll(to: Connection, events: readonly string[]): void {
    if (events.length > 0) push(this.#answers, to, events)
  }

  /** Whether it gets nothing of all this but its end, for what it is to be answered by now. */
  isFlooded(to: Connection): boolean {
    const answers = this.#answers.get(to) ?? []
    return isTooMuch(
      to,
      answers.reduce((sum, { length }) => sum + length, 0),
    )
  }

  close(to: Connection, code: number, reason: string): void {
    if (!this.#closes.has(to)) this.#closes.set(to, { code, reason })
  }

  /** What is known of this connection is to be put away with its socket. */
  touch(connection: Connection): void {
    this.touched.add(connection)
  }

  isClosing(connection: Connection): boolean {
    return this.#closes.has(connection)
  }

  /** Who gets what. `hears` tells whether a connection hears what is shared. */
  deliveries(
    connections: Iterable<Connection>,
    newest: number,
    hears: (to: Connection) => boolean,
  ): Delivery[] {
    const excepted = new Set(this.#shared.map(({ except }) => except))
    const all = this.#shared.map(({ json }) => json)
    const same = sized(pack(all))
    const deliveries: Delivery[] = []
    // With nothing shared only those are looked at who are owed something of their own.
    const owed =
      all.length > 0
        ? connections
        : new Set([...this.#first.keys(), ...this.#answers.keys(), ...this.#closes.keys()])
    for (const to of owed) {
      const first = this.#first.get(to)
      const answers = this.#answers.get(to)
      const heard = hears(to)
      const differs = heard && (excepted.has(to) || excepted.has(to.by))
      const events = differs ? this.#for(to) : heard ? all : []
      const special = first !== undefined || answers !== undefined || differs
      const own = special
        ? sized([...(first ?? []), ...pack([...events, ...(answers ?? [])])])
        : heard
          ? same
          : NOTHING
      const close = this.#closes.get(to)
      if (own.frames.length === 0 && close === undefined) continue
      deliveries.push(
        this.#flowing({ to, frames: own.frames, ...(close ? { close } : {}) }, own.bytes, newest),
      )
    }
    return deliveries
  }

  /** Counts what is sent against the reader's flow control. */
  #flowing(delivery: Delivery, bytes: number, newest: number): Delivery {
    const { to, frames } = delivery
    const verdict = countSent(to, bytes)
    if (verdict !== 'close') this.bytes += bytes
    if (verdict === 'fine') return delivery
    this.touch(to)
    if (verdict === 'ask') return { ...delivery, frames: [...frames, encode('sync', { seq: newest })] }
    return { to, frames: [], close: { code: CLOSE.slowReader, reason: 'slow reader' } }
  }

  #for(to: Connection): string[] {
    return this.#shared.flatMap(({ json, except }) => (except === to || except === to.by ? [] : [json]))
  }
}

export function encode<E extends ServerEvent>(event: E, data: ServerData<E>): string {
  return JSON.stringify({ event, data })
}

/** Events as frames: one alone as it is, several as arrays of bounded size. */
export function pack(events: readonly string[]): string[] {
  const frames: string[] = []
  let gathered: string[] = []
  let length = 0
  const end = () => {
    const [only] = gathered
    if (only !== undefined) frames.push(gathered.length === 1 ? only : `[${gathered.join(',')}]`)
    gathered = []
    length = 0
  }
  for (const event of events) {
    if (length + event.length > LIMITS.resumeFrameBytes) end()
    gathered.push(event)
    length += event.length
  }
  end()
  return frames
}

const NOTHING = sized([])

function sized(frames: readonly string[]): { frames: readonly string[]; bytes: number } {
  return { frames, bytes: frames.reduce((sum, frame) => sum + utf8Length(frame), 0) }
}

function push<K>(map: Map<K, string[]>, key: K, items: readonly string[]): void {
  const list = map.get(key)
  if (list) list.push(...items)
  else map.set(key, [...items])
}
