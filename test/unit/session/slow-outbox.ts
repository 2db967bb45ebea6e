import type { Clock, OutboxEntry, OutboxStore } from '../../../client/session/index.ts'

/** One tab's handle on a shared outbox. Every call takes time, in order; notifications arrive later still. */
export class SlowOutbox implements OutboxStore {
  readonly #shared: OutboxStore
  readonly #clock: Clock
  readonly #latency: () => number
  #tail: Promise<unknown> = Promise.resolve()

  constructor(shared: OutboxStore, clock: Clock, latency: () => number) {
    this.#shared = shared
    this.#clock = clock
    this.#latency = latency
  }

  list(room: string): Promise<OutboxEntry[]> {
    return this.#slow(() => this.#shared.list(room))
  }

  add(entry: Omit<OutboxEntry, 'order'>): Promise<OutboxEntry> {
    return this.#slow(() => this.#shared.add(entry))
  }

  update(entry: OutboxEntry): Promise<void> {
    return this.#slow(() => this.#shared.update(entry))
  }

  stamp(room: string, id: string, at: { since: number; epoch: string }): Promise<OutboxEntry | undefined> {
    return this.#slow(() => this.#shared.stamp(room, id, at))
  }

  remove(room: string, id: string): Promise<void> {
    return this.#slow(() => this.#shared.remove(room, id))
  }

  subscribe(room: string, changed: () => void): () => void {
    return this.#shared.subscribe(room, () => this.#clock.after(this.#latency(), changed))
  }

  async exclusively(room: string, drain: () => Promise<void>, signal: AbortSignal): Promise<void> {
    await this.#pause()
    if (!signal.aborted) await this.#shared.exclusively(room, drain, signal)
  }

  #slow<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#tail
    const done = this.#pause().then(async () => {
      await before
      const result = await work()
      await this.#pause()
      return result
    })
    this.#tail = done.catch(() => {})
    return done
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#clock.after(this.#latency(), () => resolve()))
  }
}
