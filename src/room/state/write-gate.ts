import type { StorageRefused } from '../model/storage-refused.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** After the first refusal, and at most after many in a row. */
const RETRY_MS = 60_000
const RETRY_MOST_MS = 15 * 60_000
/** When to ask again while a probe is under way. */
const PROBE_MS = 2_000

/** Why nothing can be written now. */
export interface Unavailable {
  code: 'unavailable'
  /** In ms. */
  retryAfter: number
  /** When the day ends whose share is used up, in ms. */
  until?: number
}

interface Deps {
  report(closed: Unavailable): void
  /** Writes elsewhere, where a failure costs nobody their connection. Rejects if that fails. */
  probe(): Promise<void>
}

/**
 * Whether the room tries to write. After a refusal it does not for a while: each try costs a turn of everyone. A write that
 * ended the object cost everyone their connection: after that, a probe tries first.
 */
export class WriteGate {
  readonly #deps: Deps | undefined
  /** Refusals in a row. */
  #refusals = 0
  #refusedAt = 0
  #retryMs = 0
  #until: number | undefined
  #needsProbe = false
  #isProbing = false

  constructor(deps?: Deps) {
    this.#deps = deps
  }

  close({ isDayUsedUp }: StorageRefused, now: number): void {
    this.#refuse(now)
    const day = now - (now % DAY_MS) + DAY_MS
    this.#until = isDayUsedUp ? day : undefined
    if (isDayUsedUp) this.#retryMs = Math.min(this.#retryMs, day - now)
    const closed = this.closed(now)
    if (closed) this.#deps?.report(closed)
  }

  /** The object of the room has ended in a write, this many times in a row. A probe that was wrong is not trusted again. */
  closeAfterEnds(times: number, now: number): void {
    this.#needsProbe = true
    if (times === 1) return this.#probe(now)
    this.#refusals = times - 2
    this.#refuse(now)
  }

  /** Why the room does not try to write now; undefined where it does. */
  closed(now: number): Unavailable | undefined {
    if (!this.#isWaiting(now) && this.#needsProbe) this.#probe(now)
    if (!this.#isWaiting(now)) return undefined
    return {
      code: 'unavailable',
      retryAfter: this.#isProbing ? PROBE_MS : this.#refusedAt + this.#retryMs - now,
      ...(this.#until === undefined ? {} : { until: this.#until }),
    }
  }

  /** A turn has written. */
  open(): void {
    this.#refusals = 0
  }

  /** Waits as after a refusal, unless the probe succeeds. */
  #probe(now: number): void {
    this.#refuse(now)
    this.#isProbing = true
    this.#deps
      ?.probe()
      .then(
        () => {
          this.#needsProbe = false
          this.#retryMs = 0
        },
        () => {},
      )
      .finally(() => {
        this.#isProbing = false
      })
  }

  #refuse(now: number): void {
    this.#refusedAt = now
    this.#retryMs = Math.min(RETRY_MOST_MS, RETRY_MS * 2 ** this.#refusals)
    this.#refusals += 1
  }

  /** The clock may be set back. */
  #isWaiting(now: number): boolean {
    return now >= this.#refusedAt && now < this.#refusedAt + this.#retryMs
  }
}
