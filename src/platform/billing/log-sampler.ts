import type { ErrorCode } from '../../protocol/error-rules.ts'
import { isOver } from '../../room/model/waits.ts'
import { log } from '../telemetry.ts'
import { addCounts, type Counts, emptyCounts } from './usage.ts'

/** A busy room logs a line after this many turns, and at most once in this time. */
const TURNS_A_LINE = 100
const LINE_EVERY_MS = 60 * 1_000

/**
 * One log line for many turns of a busy room. A room that sleeps in between forgets its counts, so these lines are a
 * sample; the saved usage is complete.
 */
export class LogSampler {
  #counts = emptyCounts()
  #refused: Record<string, number> = {}
  #from: number | undefined
  #loggedAt = Number.NEGATIVE_INFINITY

  refused(codes: readonly ErrorCode[]): void {
    for (const code of codes) this.#refused[code] = (this.#refused[code] ?? 0) + 1
  }

  add(counts: Counts, sockets: number, now: number): void {
    this.#from ??= now
    addCounts(this.#counts, counts)
    if (this.#counts.turns < TURNS_A_LINE) return
    if (!isOver(this.#loggedAt + LINE_EVERY_MS, now, LINE_EVERY_MS)) return
    const refused = Object.entries(this.#refused).map(([code, times]) => [`refused-${code}`, times])
    const ms = Math.max(0, now - this.#from)
    log('info', 'burst', { ms, sockets, ...this.#counts, ...Object.fromEntries(refused) })
    this.#loggedAt = now
    this.#from = undefined
    this.#counts = emptyCounts()
    this.#refused = {}
  }
}
