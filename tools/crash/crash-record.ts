import type { OutboxFrame } from '../../client/session/index.ts'
import type { LogEntry, ServerData } from '../../src/protocol/server-frames.ts'
import type { Ack, Seen } from '../delivery/invariants.ts'

/** One person in one room, and what they typed, in order. */
export interface Typist {
  readonly cookie: string
  readonly username: string
  /** Empty until the first join told it. */
  by: string
  readonly typed: { id: string; frame: OutboxFrame }[]
}

/** How many messages are remembered for replies, edits and deletions. */
const RECENT = 40

/** What was typed in one room, and what anyone was ever told of it, on whichever socket, over all restarts. */
export class CrashRecord {
  readonly room: string
  readonly authors: Typist[] = []
  readonly acks = new Map<string, Ack>()
  readonly seen = new Map<number, Seen>()
  readonly refused = new Map<string, string>()
  /** What contradicts something told before. Each begins with the name of its rule. */
  readonly broken: string[] = []
  /** The newest messages that are not deleted. */
  recent: { seq: number; by: string }[] = []
  /** The newest seq that anyone was told. */
  newest = 0
  #epoch: string | undefined
  readonly #acked: () => void

  /** `acked` is called at each first news of a change to its author. */
  constructor(room: string, acked: () => void) {
    this.room = room
    this.#acked = acked
  }

  join(author: Typist, { by, epoch, resumed }: ServerData<'joined'>, after: number | undefined): void {
    author.by = by
    if (after !== undefined && !resumed) this.broken.push(`resume: ${author.username} had to start afresh`)
    if (this.#epoch !== undefined && epoch !== this.#epoch) this.broken.push('epoch: it is another one')
    this.#epoch = epoch
  }

  ack(author: Typist, { id, seq, time }: ServerData<'ack'>): void {
    this.newest = Math.max(this.newest, seq)
    const key = `${author.by} ${id}`
    const before = this.acks.get(key)
    if (before === undefined) {
      this.acks.set(key, { by: author.by, id, seq, time })
      this.#acked()
    } else if (before.seq !== seq || before.time !== time) {
      this.broken.push(`ack: ${key} was acked at ${before.seq}, ${before.time}, and again at ${seq}, ${time}`)
    }
  }

  see(author: Typist, { event, data }: LogEntry): void {
    const { seq, by, id, time } = data
    if (by === author.by) this.ack(author, { id, seq, time })
    const before = this.seen.get(seq)
    if (before !== undefined) {
      const is = before.event === event && before.by === by && before.id === id && before.time === time
      if (!is) this.broken.push(`seen: ${JSON.stringify(before)} was told again as ${JSON.stringify(data)}`)
      return
    }
    this.newest = Math.max(this.newest, seq)
    this.seen.set(seq, { event, seq, by, id, time })
    if (event === 'deleteChat') this.forget(data.ref)
    if (event !== 'updateChat' || data.deleted) return
    this.recent.push({ seq, by })
    if (this.recent.length > RECENT) this.recent.shift()
  }

  /** Nobody is to refer to this message any more. */
  forget(ref: number): void {
    this.recent = this.recent.filter(({ seq }) => seq !== ref)
  }

  refuse({ by, username }: Typist, { code, id }: ServerData<'error'>): void {
    if (id === undefined) this.broken.push(`refused: ${username} was told ${code}`)
    else this.refused.set(`${by} ${id}`, code)
  }
}
