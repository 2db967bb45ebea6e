import { LIMITS } from '../../protocol/limits.ts'
import type { StoredReport } from '../model/moderation-store.ts'
import { isOver, notBefore } from '../model/waits.ts'

/** The reports of a message, and the `seq` of the message. */
export type PendingReport = StoredReport & { ref: number }

/** Reports that moderators are yet to be told of. They are told at most every few seconds, all together. */
export class PendingReports {
  /** By message, the one reported last at the end. */
  #waiting = new Map<number, PendingReport>()
  #due: number | undefined
  #toldAt = Number.NEGATIVE_INFINITY

  add(now: number, report: PendingReport): void {
    this.#waiting.delete(report.ref)
    this.#waiting.set(report.ref, report)
    this.#due ??= notBefore(this.#toldAt, LIMITS.reportGatherMs, now)
  }

  /** The room forgets who reported, and their words. */
  removeName(by: string): void {
    for (const [ref, report] of this.#waiting) {
      const { reason: _, ...entry } = report.entry
      if (entry.by === by) this.#waiting.set(ref, { ...report, entry: { ...entry, username: '' } })
    }
  }

  nextDue(): number | undefined {
    return this.#due
  }

  /** All of them, once they are due. */
  take(now: number): PendingReport[] {
    if (this.#due === undefined || !isOver(this.#due, now, LIMITS.reportGatherMs)) return []
    const reports = [...this.#waiting.values()]
    this.#waiting = new Map()
    this.#due = undefined
    this.#toldAt = now
    return reports
  }
}
