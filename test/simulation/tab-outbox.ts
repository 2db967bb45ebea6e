import type { MemoryOutbox, OutboxEntry, OutboxStore, Stamp } from '../../client/session/index.ts'
import type { SimulatedPerson } from './simulated-person.ts'

interface Options {
  /** How long each call takes, in ms. */
  latency(): number
  /** Whether the latency passes before the storage acts; otherwise it passes before the answer. */
  isLate(): boolean
  after(ms: number, run: () => void): () => void
  /** A call began: promises are pending. */
  stirred(): void
  locks: boolean
  removed(entry: OutboxEntry): void
  /** Runs the tab's side: at once, or when the tab is awake again. */
  wake(run: () => void): void
  isFrozen(): boolean
  failing(): SimulatedPerson['failing']
}

const NEVER = new Promise<never>(() => {})

/**
 * One tab's handle on the outbox that all tabs of a person share. With slow storage each call takes time, in order. When
 * the tab ends, it gets no more answers and its lock is released.
 */
export class TabOutbox implements OutboxStore {
  readonly #shared: MemoryOutbox
  readonly #options: Options
  readonly #over = Promise.withResolvers<void>()
  #isOver = false
  #isLost = false
  #tail: Promise<unknown> | undefined

  constructor(shared: MemoryOutbox, options: Options) {
    this.#shared = shared
    this.#options = options
  }

  /** The tab is gone. After a crash its unfinished calls have no effect. */
  end(how: 'closed' | 'crashed'): void {
    this.#isOver = true
    this.#isLost = how === 'crashed'
    this.#over.resolve()
    this.#options.stirred()
  }

  list(room: string): Promise<OutboxEntry[]> {
    return this.#run(() => this.#shared.list(room))
  }

  add(entry: Omit<OutboxEntry, 'order'>): Promise<OutboxEntry> {
    return this.#run(() => this.#shared.add(entry))
  }

  update(entry: OutboxEntry): Promise<void> {
    return this.#run(() => this.#shared.update(entry))
  }

  stamp(room: string, id: string, at: Stamp): Promise<OutboxEntry | undefined> {
    return this.#run(() => this.#shared.stamp(room, id, at))
  }

  remove(room: string, id: string): Promise<void> {
    return this.#run(async () => {
      const entry = (await this.#shared.list(room)).find((one) => one.id === id)
      if (entry) this.#options.removed(entry)
      await this.#shared.remove(room, id)
    })
  }

  subscribe(room: string, changed: () => void): () => void {
    const { after, latency, wake } = this.#options
    const tell = (): void => wake(changed)
    return this.#shared.subscribe(room, () => {
      const ms = latency()
      if (ms > 0) after(ms, tell)
      else tell()
    })
  }

  async exclusively(room: string, drain: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const { locks, stirred } = this.#options
    stirred()
    await this.#pause()
    if (signal.aborted || this.#isOver) return
    if (!locks) return drain()
    await this.#shared.exclusively(room, () => this.#untilOver(drain), signal)
  }

  async #untilOver(drain: () => Promise<void>): Promise<void> {
    if (this.#isOver) return
    const begun = new Promise<void>((resolve) => this.#options.wake(resolve)).then(drain)
    await Promise.race([begun, this.#over.promise])
  }

  /** Runs calls one after the other. A call that a crash interrupts is never answered. */
  #run<T>(work: () => Promise<T>): Promise<T> {
    this.#options.stirred()
    const before = this.#tail
    const done = this.#runLate(before, work)
    this.#tail = done.catch(() => {})
    return done
  }

  async #runLate<T>(before: Promise<unknown> | undefined, work: () => Promise<T>): Promise<T> {
    // Other tabs may act between the call and its effect, or between the effect and the answer.
    const isLate = this.#options.isLate()
    if (isLate) await this.#pause()
    await before
    const failing = this.#options.failing()
    if (failing?.how === 'is late') await failing.over
    if (this.#isLost) await NEVER
    if (failing?.how === 'refuses') throw new Error('The storage refuses')
    const result = await work()
    if (!isLate) await this.#pause()
    if (this.#isOver) await NEVER
    if (this.#options.isFrozen()) await new Promise<void>(this.#options.wake)
    return result
  }

  #pause(): Promise<void> | undefined {
    const ms = this.#options.latency()
    if (ms === 0) return undefined
    return new Promise((resolve) =>
      this.#options.after(ms, () => {
        this.#options.stirred()
        resolve()
      }),
    )
  }
}
