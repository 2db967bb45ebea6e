interface Timer {
  readonly at: number
  readonly number: number
  run: (() => void) | undefined
}

/** No history comes near: somebody turns in a circle. */
const MOST_TIMERS = 1_000_000

/** Time that goes on only when told to: a heap of what is due, and no waiting. */
export class VirtualClock {
  #now: number
  #count = 0
  #ran = 0
  readonly #heap: Timer[] = []
  /** Set by code that may have left promises pending: they continue before anything else happens. */
  stirred = false

  constructor(start = 1_700_000_000_000) {
    this.#now = start
  }

  get now(): number {
    return this.#now
  }

  /** Runs `run` once, `ms` from now; the answer cancels it. */
  after(ms: number, run: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, Math.ceil(ms)), number: ++this.#count, run }
    this.#push(timer)
    return () => {
      timer.run = undefined
    }
  }

  /** Everything sleeps for so long, and what was due in the meantime is late. */
  leap(ms: number): void {
    this.#now += Math.ceil(ms)
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    if (this.stirred) await this.settle()
    for (;;) {
      const next = this.#heap[0]
      if (next === undefined || next.at > end) break
      this.#pop()
      if (next.run === undefined) continue
      this.#now = Math.max(this.#now, next.at)
      this.#ran += 1
      if (this.#ran > MOST_TIMERS) throw new Error('calm: something is done over and over again')
      next.run()
      if (this.stirred) await this.settle()
    }
    this.#now = end
  }

  /** Lets everything that waits for nothing but promises come to its end. */
  settle(): Promise<void> {
    this.stirred = false
    return new Promise((resolve) => setImmediate(resolve))
  }

  #push(timer: Timer): void {
    const heap = this.#heap
    let index = heap.length
    heap.push(timer)
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || isBefore(parent, timer)) break
      heap[index] = parent
      index = above
    }
    heap[index] = timer
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let index = 0
    for (;;) {
      let below = 2 * index + 1
      let child = heap[below]
      const right = heap[below + 1]
      if (child !== undefined && right !== undefined && isBefore(right, child)) {
        child = right
        below += 1
      }
      if (child === undefined || isBefore(last, child)) break
      heap[index] = child
      index = below
    }
    heap[index] = last
  }
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.at === other.at ? one.number < other.number : one.at < other.at
}
