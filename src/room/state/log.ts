import { LIMITS } from '../../protocol/limits.ts'
import type { LogEntry, Message } from '../../protocol/server-frames.ts'
import type { Change } from '../model/decide.ts'
import type { RoomRecord } from '../model/room-record.ts'
import type { Store, StoredChange } from '../model/store.ts'
import { utf8Length } from '../model/text.ts'
import { Deduplication } from './deduplication.ts'
import { encode, type Measured, measured } from './outgoing.ts'

/** The durable side of a room that has begun: its record and its log, with caches of both. */
export class Log {
  readonly store: Store
  #record: RoomRecord
  readonly #deduplication: Deduplication
  #newest: NewestPage | undefined
  /** The id of the newest change, once it is known. */
  #lastId: string | undefined

  constructor(store: Store, record: RoomRecord) {
    this.store = store
    this.#record = record
    this.#deduplication = new Deduplication(store, record.seq)
  }

  get record(): RoomRecord {
    return this.#record
  }

  /** Writes a change. To be called inside a transaction; if that fails, this object must not be used again. */
  commit({ entry, stored, redact }: Change): void {
    const { store } = this
    store.append(entry)
    if (stored) store.saveMessage(stored)
    if (redact) store.redact(redact)
    const { seq, time, by, id } = entry.data
    this.#record = { ...this.#record, seq, time }
    if (entry.event === 'setTopic') {
      const { topicBy: _, ...settings } = this.#record.settings
      const { topic } = entry.data
      this.save({ topic, settings: topic === '' ? settings : { ...settings, topicBy: by } })
    }
    this.#deduplication.add(by, id, seq)
    this.#lastId = id
    this.#newest?.apply(entry, stored?.message)
  }

  save(record: Partial<Pick<RoomRecord, 'topic' | 'access' | 'settings' | 'floor'>>): void {
    this.#record = { ...this.#record, ...record }
    this.store.saveRecord(this.#record)
  }

  /** Stored messages were changed past the log: the newest page must be read again. */
  dropNewestPage(): void {
    this.#newest = undefined
  }

  /** After which `seq` to look for a retry; `stale` where that cannot be known any more. */
  retryFrom(since: number | undefined, epoch: string | undefined): number | 'stale' {
    const { seq, floor } = this.#record
    const furthest = Math.max(floor, seq - LIMITS.retryChanges)
    if (since === undefined || epoch === undefined) return furthest
    return epoch !== this.#record.epoch || since < furthest || since > seq ? 'stale' : since
  }

  /** How many stored changes are read to look for a retry after `after`. */
  lookBack(after: number): number {
    return this.#deduplication.lookBack(after)
  }

  /** Loads up to `most` ids after `after` into memory, for retries that do not say where to look; answers whether all are. */
  warm(after: number, most: number): boolean {
    return this.#deduplication.warm(after, most)
  }

  /** The change stored under this id after `after`. */
  findStored(by: string, id: string, after: number): StoredChange | undefined {
    const seq = this.#deduplication.find(by, id, after)
    return seq === undefined ? undefined : this.store.find({ by, id, after: seq - 1, upTo: seq })
  }

  /** The newest page as an event, oldest message first: the same one for everyone who joins. */
  newestPage(): Measured {
    this.#newest ??= new NewestPage(this.store.page({ limit: LIMITS.historyPage }))
    return this.#newest.event()
  }

  /** The id of the newest change; undefined where none is stored. */
  get lastId(): string | undefined {
    this.#lastId ??= this.#idAt(this.#record.seq)
    return this.#lastId
  }

  /** Whether the change at `seq` has this id, as far as is known. In a room that was set back to an earlier time it has not. */
  hasAt(seq: number, id: string | undefined): boolean {
    const stored = id === undefined ? undefined : seq === this.#record.seq ? this.lastId : this.#idAt(seq)
    return stored === undefined || stored === id
  }

  #idAt(seq: number): string | undefined {
    if (seq <= this.#record.floor || seq > this.#record.seq) return undefined
    return this.store.replay(seq - 1, 1)[0]?.data.id
  }

  /** How many changes a resume from `after` reads; undefined where there can be none. */
  missed(after: number, epoch: string): number | undefined {
    const { seq, floor } = this.#record
    if (epoch !== this.#record.epoch || after < floor || after > seq) return undefined
    return seq - after > LIMITS.resumeChanges ? undefined : seq - after
  }

  /**
   * Every change after `after`, in order, as JSON of log events; undefined where some are erased or they are too many, and
   * `damaged` where the storage lacks one, so that the client starts afresh.
   */
  replay(after: number, epoch: string): string[] | 'damaged' | undefined {
    if (this.missed(after, epoch) === undefined) return undefined
    const { seq } = this.#record
    const events: string[] = []
    let bytes = 0
    for (let at = after; at < seq; at = after + events.length) {
      const entries = this.store.replay(at, REPLAY_CHUNK)
      if (entries.length !== Math.min(REPLAY_CHUNK, seq - at)) return 'damaged'
      for (const entry of entries) {
        const event = JSON.stringify(entry)
        bytes += utf8Length(event)
        events.push(event)
      }
      if (bytes > LIMITS.resumeBytes) return undefined
    }
    return events
  }

  /**
   * The changes after `after`, up to the first with which they have `bytes`, or up to one that the storage lacks. Reads few
   * more rows than that.
   */
  part(after: number, bytes: number): LogEntry[] {
    const part: LogEntry[] = []
    let left = bytes
    for (;;) {
      const entries = this.store.replay(after + part.length, PART_CHUNK)
      for (const entry of entries) {
        if (entry.data.seq !== after + part.length + 1) return part
        part.push(entry)
        left -= utf8Length(JSON.stringify(entry))
        if (left <= 0) return part
      }
      if (entries.length < PART_CHUNK) return part
    }
  }
}

/** The storage of a room lacks a change of its log. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog'
}

const REPLAY_CHUNK = 500
const PART_CHUNK = 50

/** The newest messages. Each change updates them; their event is made when someone joins. */
class NewestPage {
  readonly #messages: Map<number, Message>
  #event: Measured | undefined

  constructor(messages: readonly Message[]) {
    this.#messages = new Map(messages.map((message) => [message.seq, message]))
  }

  apply(entry: LogEntry, message: Message | undefined): void {
    if (entry.event === 'updateChat') {
      this.#messages.set(entry.data.seq, entry.data)
      if (this.#messages.size > LIMITS.historyPage) this.#dropOldest()
    } else if (message && this.#messages.has(message.seq)) {
      this.#messages.set(message.seq, message)
    } else return
    this.#event = undefined
  }

  event(): Measured {
    this.#event ??= measured(encode('msgHistory', [...this.#messages.values()]))
    return this.#event
  }

  #dropOldest(): void {
    for (const oldest of this.#messages.keys()) {
      this.#messages.delete(oldest)
      return
    }
  }
}
