/** What it needs of a room. */
export interface MaintenanceWork {
  /** When there is something to do, in ms; undefined where there is nothing. */
  due(now: number): number | undefined
  /** Does a batch of it. */
  work(): void
}

/**
 * The room's one alarm: erases what people asked for and what is older than the room keeps, a batch at a time. A room
 * that keeps everything has none.
 */
export class MaintenanceAlarm {
  readonly #storage: DurableObjectStorage
  readonly #kept: MaintenanceWork
  /** For when the alarm is set, as far as is known here. */
  #setFor: number | undefined

  constructor(storage: DurableObjectStorage, kept: MaintenanceWork) {
    this.#storage = storage
    this.#kept = kept
  }

  /** Sets the alarm where there is something to come and none is set for it. */
  async plan(now: number): Promise<void> {
    const due = this.#kept.due(now)
    if (due === undefined || (this.#setFor !== undefined && this.#setFor <= due)) return
    this.#setFor = due
    const set = await this.#storage.getAlarm()
    // The room may have been erased meanwhile.
    if (this.#kept.due(now) === undefined) return
    if (set === null || set > due) await this.#storage.setAlarm(Math.max(due, now))
  }

  /** The alarm has come. */
  async ring(now: number): Promise<void> {
    this.#setFor = undefined
    this.#kept.work()
    await this.plan(now)
  }
}
