import { LIMITS } from '../../src/protocol/limits.ts'
import type { LogEntry, Message, ServerFrame } from '../../src/protocol/server-frames.ts'
import { isLogEntry } from '../../src/protocol/server-frames.ts'
import { difference, holds, same } from '../../tools/delivery/invariants.ts'
import { Authors, type Stretch } from './send-checks.ts'
import type { Ledger } from './reference-log.ts'
import type { SimulatedSocket } from './simulated-socket.ts'
import type { World } from './world.ts'

interface Joining {
  after?: number
  epoch?: string
  watch?: boolean
}

/** What one socket was told so far. */
interface Told {
  asked: Joining
  pageBefore: number | undefined
  joined: boolean
  /** What is still owed of a resume, the next one first. */
  owed: readonly LogEntry[]
  owedAt: number
  /** What a resume told: what one finds of one's own in it is not sent again. */
  covered: Stretch
  /** Everything before this was told. */
  next: number
  awaitsPage: boolean
  /** Some of what comes next may be missing, and that is no fault of the room's rules. */
  mayMiss: boolean
}

/**
 * Reads every frame between the room and its sockets, as it is sent, and holds it against the ledger. Whatever is
 * lost afterwards is the network's doing.
 */
export class Witness {
  readonly #ledger: Ledger
  readonly #world: World
  readonly #told = new WeakMap<SimulatedSocket, Told>()
  readonly #authors: Authors
  #parsed = new Map<string, ServerFrame[]>()

  constructor(world: World, ledger: Ledger) {
    this.#world = world
    this.#ledger = ledger
    this.#authors = new Authors(ledger)
  }

  /** Whether a change of this person was ever refused. */
  hasRefused(by: string, id: string): boolean {
    return this.#authors.refused.has(`${by} ${id}`)
  }

  /** A frame of a client has reached the room. */
  heard(line: SimulatedSocket, text: string): void {
    this.#world.counts.frames += 1
    const { event, data } = JSON.parse(text)
    if (event === 'userJoin') this.#of(line).asked = data
    if (event === 'msgHistory') this.#of(line).pageBefore = data.before
    if (data.id !== undefined) this.#authors.heard(line, data, this.#of(line).covered)
  }

  /** A turn was committed, and nothing of it was sent yet. */
  committed(entries: readonly LogEntry[]): void {
    this.#parsed = new Map()
    this.#authors.committed(entries)
  }

  /** The room sends a frame. */
  sent(line: SimulatedSocket, text: string): void {
    const { counts } = this.#world
    counts.frames += 1
    const told = this.#of(line)
    for (const event of this.#parse(text, told)) this.#event(line, told, event)
  }

  /** The room forgot what it had gathered to tell, or something was written behind its back. */
  mayMiss(line: SimulatedSocket): void {
    this.#of(line).mayMiss = true
  }

  #event(line: SimulatedSocket, told: Told, frame: ServerFrame): void {
    if (frame.event === 'error') return this.#authors.refuses(line, frame.data)
    if (frame.event === 'joined') return this.#joined(line, told, frame.data)
    holds('joined', told.joined, () => `#${line.number} is told ${frame.event} before it has joined`)
    if (isLogEntry(frame)) return this.#logged(line, told, frame)
    if (frame.event === 'msgHistory') return this.#page(line, told, frame.data)
    if (frame.event === 'ack') return this.#acked(line, told, frame.data)
    const isWhole = told.owedAt === told.owed.length && !told.awaitsPage
    const comesFirst = frame.event === 'activeUsers' || frame.event === 'presence'
    holds('suffix', isWhole || comesFirst, () => `#${line.number} is told ${frame.event} during its resume`)
  }

  #joined(line: SimulatedSocket, told: Told, data: Extract<ServerFrame, { event: 'joined' }>['data']): void {
    const ledger = this.#ledger
    const { counts } = this.#world
    holds('joined', !told.joined, () => `#${line.number} joins twice`)
    const seq = ledger.seqBefore
    const topic = ledger.topicBefore
    holds('joined', data.seq === seq && data.epoch === ledger.epoch, () => `${json(data)} at ${seq}`)
    holds('joined', data.topic === topic, () => `the topic is ${topic}, and not ${data.topic}`)
    const { after, epoch, watch } = told.asked
    const suffix = after === undefined || epoch !== ledger.epoch ? undefined : this.#suffix(after)
    holds(
      'resume',
      data.resumed === (suffix !== undefined),
      () => `${json(told.asked)} is answered ${json(data)}, from ${ledger.floor}`,
    )
    counts.joins += 1
    if (data.resumed) counts.resumes += 1
    else if (after !== undefined) counts.resets += 1
    told.joined = true
    if (suffix) told.covered = { after: after ?? 0, upTo: seq }
    told.asked = { ...told.asked, watch: watch === true }
    told.owed = suffix ?? []
    told.owedAt = 0
    told.awaitsPage = !data.resumed
    told.next = (data.resumed ? (after ?? 0) : seq) + 1
  }

  /** Every change after `after`, unless these are too many. */
  #suffix(after: number): LogEntry[] | undefined {
    const { floor, seqBefore } = this.#ledger
    if (after < floor || after > seqBefore || seqBefore - after > LIMITS.resumeChanges) return undefined
    const suffix = this.#ledger.suffixBefore(after)
    return bytesOf(suffix) > LIMITS.resumeBytes ? undefined : suffix
  }

  #logged(line: SimulatedSocket, told: Told, entry: LogEntry): void {
    const { seq } = entry.data
    holds('suffix', !told.awaitsPage, () => `#${line.number} is told ${seq} before its page`)
    const owed = told.owed[told.owedAt]
    if (owed !== undefined) {
      told.owedAt += 1
      holds('suffix', same(entry, owed), () => `#${line.number} is told ${json(entry)} for ${json(owed)}`)
    } else {
      const isNext = told.mayMiss ? seq >= told.next : seq === told.next
      holds('live', isNext, () => `#${line.number} is told ${seq} where ${told.next} comes next`)
      const expected = this.#ledger.asTold(seq)
      holds(
        'live',
        same(entry, expected),
        () => `#${line.number} is told ${json(entry)} for ${json(expected)}`,
      )
    }
    told.mayMiss = false
    told.next = seq + 1
  }

  #page(line: SimulatedSocket, told: Told, page: readonly Message[]): void {
    const expected = told.awaitsPage ? this.#ledger.pageBefore() : this.#ledger.page(told.pageBefore)
    told.awaitsPage = false
    holds('page', same(page, expected), () => `#${line.number} is told ${difference(page, expected)}`)
  }

  #acked(line: SimulatedSocket, told: Told, ack: { id: string; seq: number; time: number }): void {
    this.#world.counts.acks += 1
    const entry = this.#ledger.log[ack.seq - 1]?.data
    const is = entry?.by === line.by && entry.id === ack.id && entry.time === ack.time
    holds('durable', is, () => `${line.by} is acked ${json(ack)}; there is ${json(entry)}`)
    if (told.asked.watch) return
    // One that is repeated may be of long ago; a new one stands at its place.
    const isRepeat = ack.seq <= this.#ledger.seqBefore || this.#authors.sentByMany(line.by, ack.id)
    const isInPlace = ack.seq === told.next || (ack.seq < told.next ? isRepeat : told.mayMiss)
    holds('live', isInPlace, () => `#${line.number} is acked ${ack.seq} where ${told.next} comes next`)
    told.mayMiss = false
    told.next = Math.max(told.next, ack.seq + 1)
  }

  /** Everyone who hears the same gets the same string: it is read once. */
  #parse(text: string, told: Told): ServerFrame[] {
    const known = this.#parsed.get(text)
    if (known) return known
    for (const forgotten of this.#ledger.forgotten) {
      // Someone who came in this moment, before the deletion, is told both.
      const isOld = told.joined || !this.#ledger.isJustForgotten(forgotten)
      holds('forgotten', !isOld || !text.includes(forgotten), () => `${forgotten} is sent again, in ${text}`)
    }
    const frames: ServerFrame[] = [JSON.parse(text)].flat()
    this.#parsed.set(text, frames)
    return frames
  }

  #of(line: SimulatedSocket): Told {
    const known = this.#told.get(line)
    if (known) return known
    const told = {
      asked: {},
      pageBefore: undefined,
      joined: false,
      covered: { after: 0, upTo: 0 },
      owed: [],
      owedAt: 0,
      next: 1,
      awaitsPage: false,
      mayMiss: false,
    }
    this.#told.set(line, told)
    return told
  }
}

function bytesOf(entries: readonly LogEntry[]): number {
  // Far from the limit nobody has to count.
  if (entries.length * 64 * 1024 < LIMITS.resumeBytes) return 0
  return entries.reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0)
}

function json(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 2_000) ?? 'nothing'
}
