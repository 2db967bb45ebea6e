import type { Clock } from '../../../client/session/index.ts'

interface Timer {
  at: number
  number: number
  run(): void
}

/** A clock that a test advances. It lets every promise settle before each timer. */
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

  /** ms that have passed, whatever the clock was set to. */
  get elapsed(): number {
    return this.#now
  }

  /** Sets the device's time back. Timers keep their due times. */
  setBack(ms: number): void {
    this.#setBack += ms
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    let runs = 0
    await settle()
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      if (++runs > 10_000) throw new Error('The timers never end')
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

/** Resolves when all work that waits only for promises is done. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
