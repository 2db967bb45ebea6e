import type { LogEntry } from '../../src/protocol/server-frames.ts'
import { holds, same } from '../../tools/delivery/invariants.ts'
import type { Ledger } from './reference-log.ts'
import type { SimulatedSocket } from './simulated-socket.ts'

interface Stamp {
  since: number
  epoch: string
}

/** A part of the log: what comes after the one, up to the other. */
export interface Stretch {
  after: number
  upTo: number
}

/** What may be refused here. Nobody sends anything that is malformed, or two things under one id. */
const REFUSALS: ReadonlySet<string> = new Set([
  'name-taken',
  'forbidden',
  'not-found',
  'limit-reached',
  'rate-limited',
  'internal',
])

/** What authors say of their changes each time they send them, and what the room may make of it. */
export class Authors {
  readonly #ledger: Ledger
  /** As of when each change was queued, as its author said when it first came. */
  readonly #stamps = new Map<string, Stamp>()
  readonly #newestLine = new Map<string, SimulatedSocket>()
  readonly #byMany = new Set<string>()
  /** Changes that were refused, each by its author and id. */
  readonly refused = new Set<string>()

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  /** A change comes by a socket which was told this stretch of the log before. */
  heard(line: SimulatedSocket, { id, since, epoch }: Stamp & { id: string }, told: Stretch): void {
    const key = `${line.by} ${id}`
    const seq = this.#ledger.seqOf(line.by, id)
    const isTold = seq !== undefined && told.after < seq && seq <= told.upTo
    holds('again', !isTold, () => `#${line.number} was told ${id} as ${seq} and sends it again`)
    const before = this.#newestLine.get(key)
    if (before !== undefined && before !== line) this.#byMany.add(key)
    this.#newestLine.set(key, line)
    const stamp = { since, epoch }
    const first = this.#stamps.get(key) ?? stamp
    this.#stamps.set(key, first)
    holds('stamp', since !== undefined, () => `${key} was sent without since`)
    holds('stamp', same(first, stamp), () => `${key} was sent as of ${say(first)}, and as of ${say(stamp)}`)
  }

  committed(entries: readonly LogEntry[]): void {
    for (const { data } of entries) {
      const key = `${data.by} ${data.id}`
      const stamp = this.#stamps.get(key)
      const isFresh = stamp === undefined || (!this.#isStale(stamp) && stamp.since < data.seq)
      const { floor } = this.#ledger
      holds('stale', isFresh, () => `${key} of ${say(stamp)} was stored as ${data.seq}, after ${floor}`)
    }
  }

  refuses(line: SimulatedSocket, error: { code: string; id?: string | undefined }): void {
    const key = `${line.by} ${error.id}`
    const stamp = this.#stamps.get(key)
    const isRight = error.code === 'stale' ? stamp && this.#isStale(stamp) : REFUSALS.has(error.code)
    holds('refused', isRight === true, () => `${key} of ${say(stamp)} is refused as ${error.code}`)
    if (error.id !== undefined) this.refused.add(key)
  }

  /** Whether a change came by several sockets, and so perhaps twice in one moment. */
  sentByMany(by: string, id: string): boolean {
    return this.#byMany.has(`${by} ${id}`)
  }

  /** It cannot be told whether it was stored before. */
  #isStale({ since, epoch }: Stamp): boolean {
    return epoch !== this.#ledger.epoch || since < this.#ledger.floor
  }
}

function say(stamp: Stamp | undefined): string {
  return stamp === undefined ? 'no time' : `${stamp.since} of ${stamp.epoch}`
}
