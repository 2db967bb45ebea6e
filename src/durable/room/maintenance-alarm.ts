interface MaintenanceWork {
  /** When there is something to erase, in ms; undefined where there is nothing. */
  due(now: number): number | undefined
  /** Erases a batch that is paid for. Answers 0, or in how many ms one can be. */
  eraseBatch(now: number): Promise<number>
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
  /** Until when no batch can be paid for. */
  #notBefore = 0

  constructor(storage: DurableObjectStorage, work: MaintenanceWork) {
    this.#storage = storage
    this.#work = work
  }

  /** Sets the alarm for the next erasure, unless it is set already. */
  async plan(now: number): Promise<void> {
    const due = this.#due(now)
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
    const wait = await this.#work.eraseBatch(now)
    this.#notBefore = wait === 0 ? 0 : now + wait
    await this.plan(now)
  }

  #due(now: number): number | undefined {
    const due = this.#work.due(now)
    return due === undefined ? undefined : Math.max(due, this.#notBefore)
  }
}
