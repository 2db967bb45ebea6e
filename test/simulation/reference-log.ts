import { LIMITS } from '../../src/protocol/limits.ts'
import type { LogEntry, Message } from '../../src/protocol/server-frames.ts'
import { holds } from '../../tools/delivery/invariants.ts'
import { afterChange, asReplayed, isAboutMessage } from '../../tools/delivery/model.ts'

/**
 * The room as it must be: every change that was committed, in its order, and what has come of it. It is told of each
 * commit and of nothing else, so that whatever is sent can be held against it.
 */
export class Ledger {
  epoch = ''
  /** Changes up to and including this one are no longer kept. */
  floor = 0
  topic = ''
  /** All changes, as they were written: the first is number 1. */
  readonly log: LogEntry[] = []
  /** The texts of everything that was deleted. */
  readonly forgotten = new Set<string>()
  /** Every change anyone ever had stored, whatever became of its room. */
  readonly everStored = new Set<string>()
  readonly #today = new Map<number, Message>()
  readonly #messages: number[] = []
  readonly #ids = new Map<string, number>()
  readonly #texts = new Map<number, string[]>()
  /** Messages that the newest commit touched, as they were before it. */
  readonly #before = new Map<number, Message | undefined>()
  readonly #justForgotten = new Set<string>()
  #seqBefore = 0
  #topicBefore = ''

  get seq(): number {
    return this.log.length
  }

  /** The newest seq before the newest commit. */
  get seqBefore(): number {
    return this.#seqBefore
  }

  get topicBefore(): string {
    return this.#topicBefore
  }

  isJustForgotten(text: string): boolean {
    return this.#justForgotten.has(text)
  }

  /** Where a change stands in the log, if it does. */
  seqOf(by: string, id: string): number | undefined {
    return this.#ids.get(`${by} ${id}`)
  }

  /** The next turn begins, and commits these. */
  commit(entries: readonly LogEntry[]): void {
    this.#before.clear()
    this.#justForgotten.clear()
    this.#seqBefore = this.seq
    this.#topicBefore = this.topic
    for (const entry of entries) this.#append(entry)
  }

  /** The room is another from now on: it was made, erased, or is again as it was when this was its log. */
  begin(epoch: string, log: readonly LogEntry[] = [], floor = 0): void {
    this.log.length = 0
    this.epoch = epoch
    this.floor = floor
    this.topic = ''
    for (const memory of [this.#today, this.#ids, this.#texts, this.#before, this.forgotten]) memory.clear()
    this.#messages.length = 0
    this.commit(log)
    this.commit([])
  }

  /** A change as it is told now: as it was written, unless its text was deleted before it could be told. */
  asTold(seq: number): LogEntry | undefined {
    const entry = this.log[seq - 1]
    if (entry === undefined || entry.event === 'setTopic') return entry
    const ref = entry.event === 'updateChat' ? seq : entry.data.ref
    return this.#today.get(ref)?.deleted ? asReplayed(entry, (seq) => this.#today.get(seq)) : entry
  }

  /** Today's messages, oldest first; those that were trimmed away too. */
  messages(): Message[] {
    return this.#messages.flatMap((seq) => this.#today.get(seq) ?? [])
  }

  /** What a page holds that ends before `before`. */
  page(before = Number.POSITIVE_INFINITY, limit: number = LIMITS.historyPage): Message[] {
    const seqs: number[] = []
    for (let index = this.#messages.length - 1; index >= 0 && seqs.length < limit; index--) {
      const seq = this.#messages[index] ?? 0
      if (seq <= this.floor) break
      if (seq < before) seqs.push(seq)
    }
    return seqs.reverse().flatMap((seq) => this.#today.get(seq) ?? [])
  }

  /** The newest page as it was before the newest commit. */
  pageBefore(): Message[] {
    return this.page(this.#seqBefore + 1).map((message) => this.#asBefore(message.seq) ?? message)
  }

  /** What a resume owes after `after`, as of before the newest commit. */
  suffixBefore(after: number): LogEntry[] {
    const missed = this.log.slice(after, this.#seqBefore)
    return missed.map((entry) => asReplayed(entry, (seq) => this.#asBefore(seq)))
  }

  /** The same as of now. */
  suffix(after: number): LogEntry[] {
    return this.log.slice(after).map((entry) => asReplayed(entry, (seq) => this.#today.get(seq)))
  }

  #asBefore(seq: number): Message | undefined {
    return this.#before.get(seq) ?? this.#today.get(seq)
  }

  #append(entry: LogEntry): void {
    const { data } = entry
    const { seq, by, id, time } = data
    const last = this.log.at(-1)?.data
    holds('contiguous', seq === this.seq + 1, () => `${seq} was written after ${this.seq}`)
    holds('time', last === undefined || time >= last.time, () => `${seq} is of ${time}, after ${last?.time}`)
    holds('once', this.seqOf(by, id) === undefined, () => `${by} ${id} was written again, as ${seq}`)
    this.log.push(entry)
    this.#ids.set(`${by} ${id}`, seq)
    this.everStored.add(`${by} ${id}`)
    if (entry.event === 'setTopic') this.topic = entry.data.topic
    if (entry.event === 'updateChat') {
      this.#today.set(seq, entry.data)
      this.#messages.push(seq)
      this.#note(seq, entry.data.body)
    }
    if (isAboutMessage(entry)) this.#change(entry)
  }

  #change(entry: Parameters<typeof afterChange>[1]): void {
    const { ref } = entry.data
    const message = this.#today.get(ref)
    holds('contiguous', message !== undefined, () => `${entry.data.seq} changes ${ref}, which is no message`)
    if (message === undefined) return
    if (!this.#before.has(ref)) this.#before.set(ref, message)
    this.#today.set(ref, afterChange(message, entry))
    if (entry.event === 'editChat') this.#note(ref, entry.data.body)
    if (entry.event === 'deleteChat') this.#forget(ref)
  }

  #forget(seq: number): void {
    for (const text of this.#texts.get(seq) ?? []) {
      this.forgotten.add(text)
      this.#justForgotten.add(text)
    }
  }

  /** Somebody wrote this text: it is not forgotten, even where another like it was deleted. */
  #note(seq: number, text: string): void {
    const texts = this.#texts.get(seq)
    if (texts) texts.push(text)
    else this.#texts.set(seq, [text])
    this.forgotten.delete(text)
  }
}
