interface Timer {
  readonly at: number
  readonly number: number
  run: (() => void) | undefined
}

/** Far more than any history needs: beyond it, something reschedules itself for ever. */
const MOST_TIMERS = 1_000_000

/** A clock that moves only in `advance` and `leap`. It runs timers from a heap, without waiting. */
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

  /** Runs `run` once, `ms` from now. The returned function cancels it. */
  after(ms: number, run: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, Math.ceil(ms)), number: ++this.#count, run }
    this.#push(timer)
    return () => {
      timer.run = undefined
    }
  }

  /** Skips `ms` as a sleeping computer does: timers that were due in between run late. */
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
      if (this.#ran > MOST_TIMERS) throw new Error('calm: timers are set without end')
      next.run()
      if (this.stirred) await this.settle()
    }
    this.#now = end
  }

  /** Lets pending promises settle. */
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
