import type { ClientData } from '../../src/protocol/client-frames.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import type { LogEntry, Message } from '../../src/protocol/server-frames.ts'
import { holds } from '../../tools/delivery/invariants.ts'
import { afterChange, asReplayed, isAboutMessage } from '../../tools/delivery/model.ts'

/** Which message it is: in another epoch a `seq` is of another one. */
type Place = Pick<Message, 'seq' | 'id'>

/**
 * The room as it must be: every committed change in order, and the messages that result. It learns only of commits, so
 * that everything the room sends can be compared with it.
 */
export class ReferenceLog {
  epoch = ''
  /** The room has trimmed the changes up to and including this one. */
  floor = 0
  topic = ''
  /** All changes as they were written. The first has `seq` 1. */
  readonly log: LogEntry[] = []
  /** The texts of deleted messages. */
  readonly forgotten = new Set<string>()
  /** The author and id of every change ever committed, in earlier epochs too. */
  readonly everStored = new Set<string>()
  readonly #today = new Map<number, Message>()
  readonly #messages: number[] = []
  /** The messages of earlier epochs, oldest first, and what each of these had trimmed. */
  readonly #pasts: { messages: readonly Place[]; floor: number }[] = []
  readonly #ids = new Map<string, number>()
  readonly #texts = new Map<number, string[]>()
  /** The messages that the newest commit changed, as they were before it. */
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

  /** The `seq` of a change, if it is in the log. */
  seqOf(by: string, id: string): number | undefined {
    return this.#ids.get(`${by} ${id}`)
  }

  /** Adds the changes of the next turn. */
  commit(entries: readonly LogEntry[]): void {
    this.#before.clear()
    this.#justForgotten.clear()
    this.#seqBefore = this.seq
    this.#topicBefore = this.topic
    for (const entry of entries) this.#append(entry)
  }

  /** Starts a new epoch, with the log of a restored copy if there is one. */
  begin(epoch: string, log: readonly LogEntry[] = [], floor = 0): void {
    this.#pasts.push({ messages: this.#places(), floor: this.floor })
    this.log.length = 0
    this.epoch = epoch
    this.floor = floor
    this.topic = ''
    for (const collection of [this.#today, this.#ids, this.#texts, this.#before, this.forgotten])
      collection.clear()
    this.#messages.length = 0
    this.commit(log)
    this.commit([])
  }

  /** A change as it is sent live: as written, unless its text was deleted before it was sent. */
  asSent(seq: number): LogEntry | undefined {
    const entry = this.log[seq - 1]
    if (entry === undefined || entry.event === 'setTopic') return entry
    const ref = entry.event === 'updateChat' ? seq : entry.data.ref
    return this.#today.get(ref)?.deleted ? asReplayed(entry, (seq) => this.#today.get(seq)) : entry
  }

  /** A change as a resume sends it now. */
  asResumed(seq: number): LogEntry | undefined {
    const entry = this.log[seq - 1]
    return entry && asReplayed(entry, (ref) => this.#today.get(ref))
  }

  /** Today's messages, oldest first, trimmed ones included. */
  messages(): Message[] {
    return this.#messages.flatMap((seq) => this.#today.get(seq) ?? [])
  }

  /** The page of messages before `before`. */
  page(before = Number.POSITIVE_INFINITY, limit: number = LIMITS.historyPage): Message[] {
    const seqs: number[] = []
    for (let index = this.#messages.length - 1; index >= 0 && seqs.length < limit; index--) {
      const seq = this.#messages[index] ?? 0
      if (seq <= this.floor) break
      if (seq < before) seqs.push(seq)
    }
    return seqs.reverse().flatMap((seq) => this.#today.get(seq) ?? [])
  }

  /** The page that a query asks for. */
  pageOf({ before, after, around, limit = LIMITS.historyPage }: ClientData<'msgHistory'>): Message[] {
    const newer = (than: number, most: number): Message[] =>
      this.#messages
        .filter((seq) => seq > than && seq > this.floor)
        .slice(0, most)
        .flatMap((seq) => this.#today.get(seq) ?? [])
    if (after !== undefined) return newer(after, limit)
    if (around === undefined) return this.page(before, limit)
    const older = this.page(around + 1, Math.ceil(limit / 2))
    return [...older, ...newer(around, limit - older.length)]
  }

  /**
   * Whether these messages are a stretch of the history of one epoch, with nothing left out that the room still has. One
   * that claims to be the beginning has nothing before it.
   */
  isStretch(shown: readonly Place[], isBeginning: boolean): boolean {
    const [first] = shown
    if (first === undefined) return true
    const histories = [{ messages: this.#places(), floor: this.floor }, ...this.#pasts]
    return histories.some(({ messages, floor }) => {
      const begin = messages.findIndex(({ seq, id }) => seq === first.seq && id === first.id)
      if (begin < 0) return false
      if (isBeginning && messages.slice(0, begin).some(({ seq }) => seq > floor)) return false
      let next = 0
      for (const { seq, id } of messages.slice(begin)) {
        const message = shown[next]
        if (message === undefined) return true
        if (message.seq === seq && message.id === id) next += 1
        else if (seq > floor) return false
      }
      return next === shown.length
    })
  }

  #places(): Place[] {
    return this.#messages.map((seq) => ({ seq, id: this.log[seq - 1]?.data.id ?? '' }))
  }

  /** The newest page, as of before the newest commit. */
  pageBefore(): Message[] {
    return this.page(this.#seqBefore + 1).map((message) => this.#asBefore(message.seq) ?? message)
  }

  /** The changes of a resume from `after`, as of before the newest commit. */
  suffixBefore(after: number): LogEntry[] {
    const missed = this.log.slice(after, this.#seqBefore)
    return missed.map((entry) => asReplayed(entry, (seq) => this.#asBefore(seq)))
  }

  /** The changes of a resume from `after`, as of now. */
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
    holds(
      'contiguous',
      message !== undefined,
      () => `${entry.data.seq} changes ${ref}, which is not a message`,
    )
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

  /** Notes a written text. It may be sent again, even if an equal text was deleted before. */
  #note(seq: number, text: string): void {
    const texts = this.#texts.get(seq)
    if (texts) texts.push(text)
    else this.#texts.set(seq, [text])
    this.forgotten.delete(text)
  }
}
