interface MaintenanceWork {
  /** When there is something to erase, in ms; undefined where there is nothing. */
  due(now: number): number | undefined
  /** Erases a batch. */
  eraseBatch(): void
}

/**
 * The alarm of a room erases what people asked for and what is older than the room keeps, a batch at a time. A room that
 * keeps everything sets none.
 */
export class MaintenanceAlarm {
  readonly #storage: DurableObjectStorage
  readonly #work: MaintenanceWork
  /** The time of the alarm, if this object has set or read it. */
  #setFor: number | undefined

  constructor(storage: DurableObjectStorage, work: MaintenanceWork) {
    this.#storage = storage
    this.#work = work
  }

  /** Sets the alarm for the next erasure, unless it is set already. */
  async plan(now: number): Promise<void> {
    const due = this.#work.due(now)
    if (due === undefined || (this.#setFor !== undefined && this.#setFor <= due)) return
    this.#setFor = due
    const set = await this.#storage.getAlarm()
    // The room may have been erased meanwhile.
    if (this.#work.due(now) === undefined) return
    if (set === null || set > due) await this.#storage.setAlarm(Math.max(due, now))
  }

  /** Runs when the alarm fires. */
  async ring(now: number): Promise<void> {
    this.#setFor = undefined
    this.#work.eraseBatch()
    await this.plan(now)
  }
}
