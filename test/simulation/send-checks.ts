import type { LogEntry } from '../../src/protocol/server-frames.ts'
import { holds, same } from '../../tools/delivery/invariants.ts'
import type { ReferenceLog } from './reference-log.ts'
import type { SimulatedSocket } from './simulated-socket.ts'

interface Stamp {
  since: number
  epoch: string
}

/** A part of the log: the changes after `after`, up to and including `upTo`. */
export interface LogRange {
  after: number
  upTo: number
}

/** The refusals that may occur: no client sends malformed frames, or two changes under one id. */
const REFUSALS: ReadonlySet<string> = new Set([
  'name-taken',
  'forbidden',
  'not-found',
  'limit-reached',
  'rate-limited',
  'internal',
  'unavailable',
])

/** Checks each sending of a change, and whether the room may store or refuse it. */
export class SendChecks {
  readonly #reference: ReferenceLog
  /** The `since` and epoch of each change, from its first sending. */
  readonly #stamps = new Map<string, Stamp>()
  readonly #newestLine = new Map<string, SimulatedSocket>()
  readonly #byMany = new Set<string>()
  /** The author and id of each refused change. */
  readonly refused = new Set<string>()

  constructor(reference: ReferenceLog) {
    this.#reference = reference
  }

  /** Checks a change that arrives on a socket whose resume covered the range `resumed`. */
  received(line: SimulatedSocket, { id, since, epoch }: Stamp & { id: string }, resumed: LogRange): void {
    const key = `${line.by} ${id}`
    const seq = this.#reference.seqOf(line.by, id)
    const isKnown = seq !== undefined && resumed.after < seq && seq <= resumed.upTo
    holds('again', !isKnown, () => `#${line.number} received ${id} as ${seq} and sends it again`)
    const before = this.#newestLine.get(key)
    if (before !== undefined && before !== line) this.#byMany.add(key)
    this.#newestLine.set(key, line)
    const stamp = { since, epoch }
    const first = this.#stamps.get(key) ?? stamp
    this.#stamps.set(key, first)
    holds('stamp', since !== undefined, () => `${key} was sent without since`)
    holds(
      'stamp',
      same(first, stamp),
      () => `${key} was sent with ${describe(first)}, then with ${describe(stamp)}`,
    )
  }

  committed(entries: readonly LogEntry[]): void {
    for (const { data } of entries) {
      const key = `${data.by} ${data.id}`
      const stamp = this.#stamps.get(key)
      const isFresh = stamp === undefined || (!this.#isStale(stamp) && stamp.since < data.seq)
      const { floor } = this.#reference
      holds(
        'stale',
        isFresh,
        () => `${key} with ${describe(stamp)} was stored as ${data.seq}, with floor ${floor}`,
      )
    }
  }

  refuses(line: SimulatedSocket, error: { code: string; id?: string | undefined }): void {
    const key = `${line.by} ${error.id}`
    const stamp = this.#stamps.get(key)
    const isRight = error.code === 'stale' ? stamp && this.#isStale(stamp) : REFUSALS.has(error.code)
    holds('refused', isRight === true, () => `${key} with ${describe(stamp)} is refused as ${error.code}`)
    if (error.id !== undefined) this.refused.add(key)
  }

  /** Whether a change arrived on several sockets, and so perhaps twice in one turn. */
  sentByMany(by: string, id: string): boolean {
    return this.#byMany.has(`${by} ${id}`)
  }

  /** Whether the room can no longer know if it stored the change before. */
  #isStale({ since, epoch }: Stamp): boolean {
    return epoch !== this.#reference.epoch || since < this.#reference.floor
  }
}

function describe(stamp: Stamp | undefined): string {
  return stamp === undefined ? 'no stamp' : `since ${stamp.since} in ${stamp.epoch}`
}
