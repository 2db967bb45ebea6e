import type { RoomRecord } from '../../room/model/room-record.ts'
import { isOver } from '../../room/model/waits.ts'
import type { TurnOutcome } from '../../room/state/state.ts'
import type { DurableSql } from '../sql/durable-sql.ts'
import { faultFields, log, point } from '../telemetry.ts'
import { reportOf, type UsageReport } from './bill.ts'
import { LogSampler } from './log-sampler.ts'
import {
  addCounts,
  addToUsage,
  countsInOrder,
  emptyCounts,
  loadUsage,
  newUsage,
  resumeUsage,
  saveUsage,
  type Usage,
} from './usage.ts'

/** Usage is saved at most once in this time. */
const SAVE_EVERY_MS = 60 * 60 * 1_000
/** The active time that one run of code counts as: the clock stands still while code runs. */
const RUN_MS = 10
/** The cost of saving itself. */
const SAVING = { rowsRead: 1, rowsWritten: 1 }

/** The sockets of the room, one of which carries the counts while the room sleeps. */
interface UsageCarrier {
  readonly size: number
  readonly carried: Usage | undefined
  carry(usage: Usage): boolean
}

interface Metered {
  sql: DurableSql
  sockets: UsageCarrier
  /** Undefined until the room begins; nothing is saved before. */
  record(): RoomRecord | undefined
  directory: { tell(sql: DurableSql, record: RoomRecord, usage: Usage, now: number): void }
  env: { ANALYTICS?: AnalyticsEngineDataset }
}

/**
 * Counts what a room is billed for. While the room sleeps, one of its sockets carries the counts, which costs nothing.
 * They are saved after an hour or when the last socket closes, at most once an hour, and never by a timer.
 */
export class UsageMeter {
  readonly #of: Metered
  #usage: Usage
  /** The newest `seq` when the room woke, and the counts since. */
  readonly #wokeAt: number
  readonly #awake = emptyCounts()
  readonly #sampler = new LogSampler()
  /** Whether the directory was told that the room has begun. */
  #begun: boolean
  /** Whether it was told anything: a room may be older than the directory. */
  #listed: boolean
  #fresh = emptyCounts()
  /** When saving last failed. */
  #failedAt = 0
  /** The database's own counts that are already included. */
  #rows = { rowsRead: 0, rowsWritten: 0 }
  /** When code last ran, and until when the room counts as active without another run. */
  #ranAt = 0
  #activeUntil = 0

  constructor(of: Metered, now: number) {
    this.#of = of
    const record = of.record()
    this.#begun = record !== undefined
    this.#wokeAt = record?.seq ?? 0
    const left = of.sockets.carried ?? (record && loadUsage(of.sql))
    this.#usage = left ? resumeUsage(left, this.#wokeAt) : newUsage(now, this.#wokeAt)
    this.#listed = this.#usage.census !== undefined
    this.#fresh.activeMs = RUN_MS
  }

  /** Takes over the counts of a socket that closed while the room slept. They come with its close event. */
  take(carried: Usage | undefined): void {
    if (carried === undefined || carried === this.#usage || carried.savedAt !== this.#usage.savedAt) return
    this.#usage = resumeUsage(carried, this.#wokeAt)
    addToUsage(this.#usage, this.#awake, Date.now())
  }

  /** Counts a call or an upgrade, from the Worker or from another room. */
  call(from: 'calls' | 'errands'): void {
    this.#fresh[from] += 1
    // Its reads and writes are known when it is over.
    queueMicrotask(() => this.settle(Date.now()))
  }

  frame(): void {
    this.#fresh.frames += 1
  }

  /** Counts an alarm that fires, which is billed as a request. */
  alarm(): void {
    this.#fresh.alarms += 1
  }

  /** Counts an alarm that is set, which is billed as a row. */
  alarmSet(): void {
    this.#fresh.rowsWritten += 1
  }

  /** Counts a turn. A timer keeps the room awake until `due`. */
  turn({ deliveries, changes, refusals, bytes }: TurnOutcome, due: number | undefined, now: number): void {
    const fresh = this.#fresh
    fresh.turns += 1
    fresh.changes += changes.length
    fresh.messages += changes.filter((event) => event === 'updateChat').length
    fresh.refusals += refusals.length
    fresh.sent += deliveries.reduce((sum, { frames }) => sum + frames.length, 0)
    fresh.bytes += bytes
    this.#sampler.refused(refusals)
    const isCarried = this.settle(now, due ?? now)
    if (!this.#listed && changes.length > 0) this.#list(now)
    try {
      if (this.#isTimeToSave(now, !isCarried && due === undefined)) this.#save(now)
    } catch (fault) {
      // The next try is an hour away: a storage that refuses goes on refusing for a while.
      this.#failedAt = now
      log('error', 'counts not saved', faultFields(fault))
    }
  }

  /** Adds what has happened since, and answers whether a socket carries the counts. */
  settle(now: number, due = this.#activeUntil): boolean {
    const { sockets, record } = this.#of
    const { rowsRead, rowsWritten } = this.#takeRows()
    const fresh = { ...this.#fresh, rowsRead, rowsWritten: this.#fresh.rowsWritten + rowsWritten }
    this.#fresh = emptyCounts()
    fresh.activeMs += Math.max(0, Math.min(now, this.#activeUntil) - this.#ranAt)
    this.#ranAt = now
    this.#activeUntil = Math.max(due, now + RUN_MS)
    const begun = record()
    this.#usage.seq = begun?.seq ?? 0
    if (begun && !this.#begun) {
      this.#begun = true
      this.#list(now)
    }
    addCounts(this.#awake, fresh)
    addToUsage(this.#usage, fresh, now)
    this.#sampler.add(fresh, sockets.size, now)
    return sockets.carry(this.#usage)
  }

  /** Tells the directory of the room. */
  #list(now: number): void {
    const { sql, directory, record } = this.#of
    const begun = record()
    if (begun === undefined) return
    this.#listed = true
    directory.tell(sql, begun, this.#usage, now)
  }

  report(now: number): UsageReport {
    this.settle(now)
    return reportOf(this.#usage, this.#of.sql.storedBytes)
  }

  /** The rows read and written since the last call. */
  #takeRows(): { rowsRead: number; rowsWritten: number } {
    const { rowsRead, rowsWritten } = this.#of.sql
    const before = this.#rows
    this.#rows = { rowsRead, rowsWritten }
    return { rowsRead: rowsRead - before.rowsRead, rowsWritten: rowsWritten - before.rowsWritten }
  }

  #isTimeToSave(now: number, isLast: boolean): boolean {
    const { savedAt, unsaved } = this.#usage
    const triedAt = Math.max(savedAt, this.#failedAt)
    const isPast = (at: number): boolean => isOver(at + SAVE_EVERY_MS, now, SAVE_EVERY_MS)
    if (this.#of.record() === undefined || !isPast(triedAt)) return false
    // A room that was only made has no last socket yet.
    const isUsed = savedAt > 0 || unsaved.counts.frames > 0
    return (isLast && isUsed) || isPast(unsaved.from)
  }

  #save(now: number): void {
    const { sql, sockets, env } = this.#of
    this.#list(now)
    const { rowsRead } = this.#takeRows()
    addToUsage(this.#usage, { ...emptyCounts(), ...SAVING, rowsRead: SAVING.rowsRead + rowsRead }, now)
    const saved = saveUsage(sql, this.#usage, now)
    // The rows of the save itself are counted as `SAVING`.
    this.#takeRows()
    sockets.carry(this.#usage)
    const { storedBytes } = sql
    log('info', 'tally', { ...saved, storedBytes, sockets: sockets.size })
    point(env.ANALYTICS, 'tally', { figures: [storedBytes, sockets.size, ...countsInOrder(saved)] })
  }
}
