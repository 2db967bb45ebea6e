import type { Clock } from '../../../client/session/index.ts'

interface Timer {
  at: number
  number: number
  run(): void
}

/** A clock that goes on only when told to, and lets every promise settle before each of its timers. */
export class FakeClock implements Clock {
  #now: number
  #setBack = 0
  #count = 0
  #timers: Timer[] = []

  constructor(start = 1_000_000) {
    this.#now = start
  }

  now(): number {
    return this.#now - this.#setBack
  }

  after(ms: number, run: () => void): () => void {
    this.#count += 1
    const timer = { at: this.#now + ms, number: this.#count, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  get pending(): number {
    return this.#timers.length
  }

  /** Time that nobody can set. */
  get elapsed(): number {
    return this.#now
  }

  /** As when someone sets the time of the machine: what waits is not concerned. */
  setBack(ms: number): void {
    this.#setBack += ms
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    let runs = 0
    await settle()
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      if (++runs > 10_000) throw new Error('Timers without end')
      this.#now = Math.max(this.#now, next.at)
      this.#timers = this.#timers.filter((timer) => timer !== next)
      next.run()
      await settle()
    }
    this.#now = end
  }

  #next(end: number): Timer | undefined {
    return this.#timers
      .filter(({ at }) => at <= end)
      .toSorted((one, other) => one.at - other.at || one.number - other.number)[0]
  }
}

/** Lets everything that waits for nothing but promises come to its end. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
