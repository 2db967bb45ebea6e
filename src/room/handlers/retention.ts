import { LIMITS } from '../../protocol/limits.ts'
import { type Payment, priceOf } from '../model/price.ts'
import type { Log } from '../state/log.ts'
import { type RoomState, type Scope, writesClosed } from '../state/state.ts'
import { eraseBatch, eraseWork } from './forget-person.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const KEPT_MS = { '7d': 7 * DAY_MS, '30d': 30 * DAY_MS, forever: undefined } as const
/** Old changes are erased a day at a time, so that a room is seldom woken for them. */
const GATHER_MS = DAY_MS

/** A batch of work that is due: what a person asked for, or else what is older than the room keeps. */
export interface Batch extends Payment {
  by?: string
}

/** The batches that may be next, one for each network that pays: if its budget is used up, others still have theirs. */
export function dueBatches(state: RoomState, log: Log, now: number): Batch[] {
  if (writesClosed(state, now)) return []
  const batches = new Map<string | undefined, Batch>()
  for (const erasure of log.record.settings.erasing ?? []) {
    const { by, payer } = erasure
    if (!batches.has(payer)) batches.set(payer, { by, payer, units: priceOf(eraseWork(state, log, erasure)) })
  }
  const trim = trimDue(state, log) <= now ? [trimBatch(state, log, now)] : []
  return [...batches.values(), ...trim]
}

/** What was stored while the room kept everything is paid for by who changed that; the rest, by who wrote it. */
function trimBatch({ store }: RoomState, { record }: Log, now: number): Batch {
  const { floor, settings } = record
  const { upTo = 0, payer } = settings.trimming ?? {}
  const keptMs = KEPT_MS[settings.retention] ?? 0
  const rows = floor < upTo ? (store.expired(now - keptMs, LIMITS.trimBatch)?.rows ?? 0) : 0
  return { payer, units: rows === 0 ? 0 : priceOf({ rowsWritten: rows + 1 }) }
}

/** Erases a batch. */
export function maintain(state: RoomState, scope: Scope, log: Log, { by }: Batch): void {
  if (by !== undefined) return eraseBatch(state, scope, log, by)
  const { trimming, ...settings } = log.record.settings
  const keptMs = KEPT_MS[settings.retention]
  if (keptMs === undefined) return
  const trimmed = state.store.trim(scope.now - keptMs, LIMITS.trimBatch)
  if (trimmed === undefined) return
  const { upTo: floor, erased } = trimmed
  for (const seq of erased) scope.erased.add(seq)
  log.save({ floor, settings: trimming && floor < trimming.upTo ? { ...settings, trimming } : settings })
  log.dropNewestPage()
}

/** When there is something to erase, in ms. */
export function maintenanceDue(state: RoomState, log: Log, now: number): number | undefined {
  const due = log.record.settings.erasing ? now : trimDue(state, log)
  if (due === Number.POSITIVE_INFINITY) return undefined
  return Math.max(due, now + (writesClosed(state, now)?.retryAfter ?? Number.NEGATIVE_INFINITY))
}

function trimDue({ store }: RoomState, { record }: Log): number {
  const keptMs = KEPT_MS[record.settings.retention]
  const oldest = keptMs === undefined ? undefined : store.oldest()
  if (keptMs === undefined || oldest === undefined) return Number.POSITIVE_INFINITY
  // A whole day is erased together. What a batch left over is due already.
  return Math.ceil((oldest + keptMs) / GATHER_MS) * GATHER_MS
}
