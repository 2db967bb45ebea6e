import type { OutboxFrame } from '../../client/session/index.ts'
import type { LogEntry, ServerData } from '../../src/protocol/server-frames.ts'
import type { Ack, Seen } from '../delivery/invariants.ts'

/** One person in one room, and the changes they typed, in order. */
export interface Typist {
  readonly cookie: string
  readonly username: string
  /** Empty until the first join. */
  by: string
  readonly typed: { id: string; frame: OutboxFrame }[]
}

/** How many messages are kept as targets of replies, edits and deletions. */
const RECENT = 40

/** Everything that people typed in one room and received on any socket, over all restarts. */
export class CrashRecord {
  readonly room: string
  readonly authors: Typist[] = []
  readonly acks = new Map<string, Ack>()
  readonly seen = new Map<number, Seen>()
  readonly refused = new Map<string, string>()
  /** Contradictions to earlier frames. Each begins with the name of the broken rule. */
  readonly broken: string[] = []
  /** The newest messages that are not deleted. */
  recent: { seq: number; by: string }[] = []
  /** The newest seq that anyone received. */
  newest = 0
  #epoch: string | undefined
  readonly #acked: () => void

  /** `acked` is called when an author first learns that a change is stored. */
  constructor(room: string, acked: () => void) {
    this.room = room
    this.#acked = acked
  }

  join(author: Typist, { by, epoch, resumed }: ServerData<'joined'>, after: number | undefined): void {
    author.by = by
    if (after !== undefined && !resumed) this.broken.push(`resume: ${author.username} could not resume`)
    if (this.#epoch !== undefined && epoch !== this.#epoch) this.broken.push('epoch: it has changed')
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
      if (!is) this.broken.push(`seen: ${JSON.stringify(before)} came again as ${JSON.stringify(data)}`)
      return
    }
    this.newest = Math.max(this.newest, seq)
    this.seen.set(seq, { event, seq, by, id, time })
    if (event === 'deleteChat') this.forget(data.ref)
    if (event !== 'updateChat' || data.deleted) return
    this.recent.push({ seq, by })
    if (this.recent.length > RECENT) this.recent.shift()
  }

  /** A deleted message is no target any more. */
  forget(ref: number): void {
    this.recent = this.recent.filter(({ seq }) => seq !== ref)
  }

  refuse({ by, username }: Typist, { code, id }: ServerData<'error'>): void {
    if (id === undefined) this.broken.push(`refused: ${username} received ${code}`)
    else this.refused.set(`${by} ${id}`, code)
  }
}
