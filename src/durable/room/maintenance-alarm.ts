import { isOver } from '../../room/model/waits.ts'

interface MaintenanceWork {
  /** When there is something to erase, in ms; undefined where there is nothing. */
  due(now: number): number | undefined
  /** Erases a batch that is paid for. Answers 0, or in how many ms one can be. */
  eraseBatch(now: number): Promise<number>
  /** An alarm was set. */
  wasSet(): void
}

/**
 * The alarm of a room erases what people asked for and what is older than the room keeps, a batch at a time. A room that
 * keeps everything sets none.
 */
export class MaintenanceAlarm {
  readonly #storage: Pick<DurableObjectStorage, 'getAlarm' | 'setAlarm'>
  readonly #work: MaintenanceWork
  /** The time of the alarm, if this object has set or read it. */
  #setFor: number | undefined
  /** When the last batch could not be paid for, and for how long. */
  #waits = { until: 0, ms: 0 }
  #isRinging = false

  constructor(storage: Pick<DurableObjectStorage, 'getAlarm' | 'setAlarm'>, work: MaintenanceWork) {
    this.#storage = storage
    this.#work = work
  }

  /** Sets the alarm for the next erasure, unless it is set already. */
  async plan(now: number): Promise<void> {
    // What rings now plans the next alarm afterwards.
    const due = this.#isRinging ? undefined : this.#due(now)
    if (due === undefined || (this.#setFor !== undefined && this.#setFor <= due)) return
    // The turns until then need not plan too.
    this.#setFor = due
    try {
      const set = await this.#storage.getAlarm()
      // The room may have been erased meanwhile.
      if (this.#work.due(now) === undefined) return
      if (set !== null && set <= due) return
      // An alarm that is set for the present moment while it runs can be lost.
      await this.#storage.setAlarm(Math.max(due, now + 1))
      this.#work.wasSet()
    } catch (fault) {
      // The next turn plans it again.
      this.#setFor = undefined
      throw fault
    }
  }

  /** Runs when the alarm fires. */
  async ring(now: number): Promise<void> {
    this.#setFor = undefined
    this.#isRinging = true
    try {
      const ms = await this.#work.eraseBatch(now)
      this.#waits = { until: now + ms, ms }
    } finally {
      this.#isRinging = false
    }
    await this.plan(now)
  }

  #due(now: number): number | undefined {
    const due = this.#work.due(now)
    const { until, ms } = this.#waits
    return due === undefined || isOver(until, now, ms) ? due : Math.max(due, until)
  }
}
