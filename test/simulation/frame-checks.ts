import type { ClientData } from '../../src/protocol/client-frames.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import type { LogEntry, Message, ServerData, ServerFrame } from '../../src/protocol/server-frames.ts'
import { isLogEntry } from '../../src/protocol/server-frames.ts'
import { difference, holds, same } from '../../tools/delivery/invariants.ts'
import type { ReferenceLog } from './reference-log.ts'
import { type LogRange, SendChecks } from './send-checks.ts'
import type { SimulatedSocket } from './simulated-socket.ts'
import type { World } from './world.ts'

interface Joining {
  after?: number
  epoch?: string
  watch?: boolean
}

/** What the room has sent on one socket. */
interface SocketState {
  asked: Joining
  /** The pages it was asked for and has not sent: they come in this order. */
  pages: ClientData<'msgHistory'>[]
  joined: boolean
  /** The changes of a resume, and how many of them were sent. */
  owed: readonly LogEntry[]
  owedAt: number
  /** Whether the resume may come in parts, and so have changes as they are when their part is sent. */
  isPaced: boolean
  /** The range of a resume. Its client does not send its own changes in it again. */
  covered: LogRange
  /** The `seq` that comes next: everything before it was sent. */
  next: number
  awaitsPage: boolean
  /** Whether the next changes may be missing without a fault of the room. */
  mayMiss: boolean
}

/**
 * Compares every frame between the room and its sockets with the reference log, as it is sent: before the network can
 * lose it.
 */
export class FrameChecks {
  readonly #reference: ReferenceLog
  readonly #world: World
  readonly #states = new WeakMap<SimulatedSocket, SocketState>()
  readonly #sendChecks: SendChecks
  #parsed = new Map<string, ServerFrame[]>()
  /** How many resumes may have come in parts. */
  paced = 0

  constructor(world: World, reference: ReferenceLog) {
    this.#world = world
    this.#reference = reference
    this.#sendChecks = new SendChecks(reference)
  }

  /** Whether this change of this person was ever refused. */
  hasRefused(by: string, id: string): boolean {
    return this.#sendChecks.refused.has(`${by} ${id}`)
  }

  /** Checks a client's frame that has reached the room. */
  received(line: SimulatedSocket, text: string): void {
    this.#world.counts.frames += 1
    const { event, data } = JSON.parse(text)
    if (event === 'userJoin') this.#of(line).asked = data
    if (event === 'msgHistory') this.#of(line).pages.push(data)
    else if (data.id !== undefined) this.#sendChecks.received(line, data, this.#of(line).covered)
  }

  /** Notes a committed turn, before its frames are sent. */
  committed(entries: readonly LogEntry[]): void {
    this.#parsed = new Map()
    this.#sendChecks.committed(entries)
  }

  /** Checks a frame that the room sends. */
  sent(line: SimulatedSocket, text: string): void {
    const { counts } = this.#world
    counts.frames += 1
    const state = this.#of(line)
    for (const event of this.#parse(text, state)) this.#event(line, state, event)
  }

  /** The room lost a batch that it had not sent, or the database changed without it. */
  mayMiss(line: SimulatedSocket): void {
    this.#of(line).mayMiss = true
  }

  #event(line: SimulatedSocket, state: SocketState, frame: ServerFrame): void {
    if (frame.event === 'error') return this.#refused(line, state, frame.data)
    if (frame.event === 'joined') return this.#joined(line, state, frame.data)
    holds('joined', state.joined, () => `#${line.number} is sent ${frame.event} before it has joined`)
    if (isLogEntry(frame)) return this.#change(line, state, frame)
    if (frame.event === 'msgHistory') return this.#page(line, state, frame.data)
    if (frame.event === 'ack') return this.#acked(line, state, frame.data)
    const isWhole = state.owedAt === state.owed.length && !state.awaitsPage
    if (state.isPaced && frame.event === 'sync') return
    const comesFirst = frame.event === 'activeUsers' || frame.event === 'presence'
    holds('suffix', isWhole || comesFirst, () => `#${line.number} is sent ${frame.event} during its resume`)
  }

  #joined(
    line: SimulatedSocket,
    state: SocketState,
    data: Extract<ServerFrame, { event: 'joined' }>['data'],
  ): void {
    const reference = this.#reference
    const { counts } = this.#world
    holds('joined', !state.joined, () => `#${line.number} joins twice`)
    const seq = reference.seqBefore
    const topic = reference.topicBefore
    holds('joined', data.seq === seq && data.epoch === reference.epoch, () => `${json(data)} at ${seq}`)
    holds('joined', data.topic === topic, () => `the topic is ${topic}, not ${data.topic}`)
    const { after, epoch, watch } = state.asked
    const suffix = after === undefined || epoch !== reference.epoch ? undefined : this.#suffix(after)
    holds(
      'resume',
      data.resumed === (suffix !== undefined),
      () => `${json(state.asked)} is answered ${json(data)}, from ${reference.floor}`,
    )
    counts.joins += 1
    if (data.resumed) counts.resumes += 1
    else if (after !== undefined) counts.resets += 1
    state.joined = true
    if (suffix) state.covered = { after: after ?? 0, upTo: seq }
    state.asked = { ...state.asked, watch: watch === true }
    state.owed = suffix ?? []
    state.owedAt = 0
    state.isPaced = suffix !== undefined && bytesOf(suffix, LIMITS.syncEveryBytes) >= LIMITS.syncEveryBytes
    if (state.isPaced) this.paced += 1
    state.awaitsPage = !data.resumed
    state.next = (data.resumed ? (after ?? 0) : seq) + 1
  }

  /** Every change after `after`, unless there are too many to resume. */
  #suffix(after: number): LogEntry[] | undefined {
    const { floor, seqBefore } = this.#reference
    if (after < floor || after > seqBefore || seqBefore - after > LIMITS.resumeChanges) return undefined
    const suffix = this.#reference.suffixBefore(after)
    return bytesOf(suffix, LIMITS.resumeBytes) > LIMITS.resumeBytes ? undefined : suffix
  }

  #change(line: SimulatedSocket, state: SocketState, entry: LogEntry): void {
    const { seq } = entry.data
    holds('suffix', !state.awaitsPage, () => `#${line.number} is sent ${seq} before its page`)
    const owed = state.owed[state.owedAt]
    if (owed !== undefined) {
      state.owedAt += 1
      holds(
        'suffix',
        same(entry, owed) || this.#isOfItsPart(state, entry),
        () => `#${line.number} is sent ${json(entry)} instead of ${json(owed)}`,
      )
    } else {
      const isNext = state.mayMiss ? seq >= state.next : seq === state.next
      holds('live', isNext, () => `#${line.number} is sent ${seq}, but ${state.next} comes next`)
      const expected = this.#reference.asSent(seq)
      holds(
        'live',
        same(entry, expected) || this.#isOfItsPart(state, entry),
        () => `#${line.number} is sent ${json(entry)} instead of ${json(expected)}`,
      )
    }
    state.mayMiss = false
    state.next = seq + 1
  }

  #isOfItsPart({ isPaced }: SocketState, entry: LogEntry): boolean {
    return isPaced && same(entry, this.#reference.asResumed(entry.data.seq))
  }

  #page(line: SimulatedSocket, state: SocketState, page: readonly Message[]): void {
    const query = state.awaitsPage ? undefined : state.pages.shift()
    holds(
      'page',
      state.awaitsPage || query !== undefined,
      () => `#${line.number} is sent a page that it did not ask for`,
    )
    const expected = query ? this.#reference.pageOf(query) : this.#reference.pageBefore()
    state.awaitsPage = false
    holds('page', same(page, expected), () => `#${line.number} is sent ${difference(page, expected)}`)
  }

  #refused(line: SimulatedSocket, state: SocketState, error: ServerData<'error'>): void {
    const query = state.pages.find(({ id }) => id === error.id)
    if (query === undefined || error.id === undefined) return this.#sendChecks.refuses(line, error)
    state.pages = state.pages.filter((one) => one !== query)
    holds('refused', error.code === 'rate-limited', () => `a page is refused as ${error.code}`)
  }

  #acked(line: SimulatedSocket, state: SocketState, ack: { id: string; seq: number; time: number }): void {
    this.#world.counts.acks += 1
    const entry = this.#reference.log[ack.seq - 1]?.data
    const is = entry?.by === line.by && entry.id === ack.id && entry.time === ack.time
    holds('durable', is, () => `${line.by} is acked ${json(ack)}; there is ${json(entry)}`)
    if (state.asked.watch) return
    // A repeated ack may name an old place; a new ack names the next one.
    const isRepeat = ack.seq <= this.#reference.seqBefore || this.#sendChecks.sentByMany(line.by, ack.id)
    const followsOwn = state.isPaced && ack.seq === state.next - 1
    const isInPlace =
      followsOwn || ack.seq === state.next || (ack.seq < state.next ? isRepeat : state.mayMiss)
    holds('live', isInPlace, () => `#${line.number} is acked ${ack.seq}, but ${state.next} comes next`)
    state.mayMiss = false
    state.next = Math.max(state.next, ack.seq + 1)
  }

  /** Sockets that receive the same frame get the same string, so it is parsed once. */
  #parse(text: string, state: SocketState): ServerFrame[] {
    const known = this.#parsed.get(text)
    if (known) return known
    for (const forgotten of this.#reference.forgotten) {
      // A socket that joined in this turn, before the deletion, receives the text and its deletion.
      const isOld = state.joined || !this.#reference.isJustForgotten(forgotten)
      holds('forgotten', !isOld || !text.includes(forgotten), () => `${forgotten} is sent again, in ${text}`)
    }
    const frames: ServerFrame[] = [JSON.parse(text)].flat()
    this.#parsed.set(text, frames)
    return frames
  }

  #of(line: SimulatedSocket): SocketState {
    const known = this.#states.get(line)
    if (known) return known
    const state = {
      asked: {},
      pages: [],
      joined: false,
      covered: { after: 0, upTo: 0 },
      owed: [],
      owedAt: 0,
      isPaced: false,
      next: 1,
      awaitsPage: false,
      mayMiss: false,
    }
    this.#states.set(line, state)
    return state
  }
}

/** Far from the limit, the bytes need not be counted. */
function bytesOf(entries: readonly LogEntry[], limit: number): number {
  if (entries.length * 64 * 1024 < limit) return 0
  return entries.reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0)
}

function json(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 2_000) ?? 'nothing'
}
