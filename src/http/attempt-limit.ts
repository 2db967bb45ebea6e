import { isOver } from '../room/model/waits.ts'

const WINDOW_MS = 60_000
/** When more networks than this have tried, all are forgotten. */
const MOST_NETWORKS = 10_000

/** Counts attempts by network, in this isolate. A network over the limit waits for the rest of the minute. */
export class AttemptLimit {
  readonly #most: number
  readonly #attempts = new Map<string, { times: number; until: number }>()

  constructor(most: number) {
    this.#most = most
  }

  /** In how many ms a network may try again: 0 where it may now. */
  wait(network: string, now: number): number {
    const attempts = this.#attempts.get(network)
    if (attempts === undefined || attempts.times < this.#most) return 0
    return isOver(attempts.until, now, WINDOW_MS) ? 0 : attempts.until - now
  }

  count(network: string, now: number): void {
    const attempts = this.#attempts.get(network)
    if (attempts && !isOver(attempts.until, now, WINDOW_MS)) attempts.times += 1
    else {
      if (this.#attempts.size >= MOST_NETWORKS) this.#attempts.clear()
      this.#attempts.set(network, { times: 1, until: now + WINDOW_MS })
    }
  }
}
