const MOST_FAILURES = 5
const WINDOW_MS = 60_000
/** When more addresses than this have failed, all are forgotten. */
const MOST_ADDRESSES = 10_000

/** Counts failed attempts by address. After five in a minute an address waits for the rest of it. */
export class AttemptLimit {
  readonly #failures = new Map<string, { times: number; until: number }>()

  mayTry(from: string, now: number): boolean {
    const failures = this.#failures.get(from)
    return failures === undefined || now >= failures.until || failures.times < MOST_FAILURES
  }

  failed(from: string, now: number): void {
    const failures = this.#failures.get(from)
    if (failures && now < failures.until) failures.times += 1
    else {
      if (this.#failures.size >= MOST_ADDRESSES) this.#failures.clear()
      this.#failures.set(from, { times: 1, until: now + WINDOW_MS })
    }
  }
}
