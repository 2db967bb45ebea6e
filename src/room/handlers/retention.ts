import { LIMITS } from '../../protocol/limits.ts'
import type { Log } from '../state/log.ts'
import type { RoomState, Scope } from '../state/state.ts'
import { eraseBatch } from './forget-person.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const KEPT_MS = { '7d': 7 * DAY_MS, '30d': 30 * DAY_MS, forever: undefined } as const
/** Old changes are erased a day at a time, so that a room is seldom woken for them. */
const GATHER_MS = DAY_MS

/** Erases a batch of what people asked for, and of what is older than the room keeps. */
export function maintain(state: RoomState, scope: Scope, log: Log): void {
  eraseBatch(state, scope, log)
  const keptMs = KEPT_MS[log.record.settings.retention]
  if (keptMs === undefined) return
  const floor = state.store.trim(scope.now - keptMs, LIMITS.trimBatch)
  if (floor === undefined) return
  log.save({ floor })
  log.dropNewestPage()
}

/** When there is something to erase, in ms. */
export function maintenanceDue({ store }: RoomState, { record }: Log, now: number): number | undefined {
  const { erasing, retention } = record.settings
  if (erasing) return now
  const keptMs = KEPT_MS[retention]
  const oldest = keptMs === undefined ? undefined : store.oldest()
  if (keptMs === undefined || oldest === undefined) return undefined
  // A whole day is erased together. What a batch left over is due already.
  return Math.ceil((oldest + keptMs) / GATHER_MS) * GATHER_MS
}
