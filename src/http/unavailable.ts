import { isOfOtherVersion } from '../durable/room/room-caller.ts'
import { isDayUsedUp, isStorageFull } from '../platform/sql/storage-refusal.ts'
import { problem } from './problem.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** When to ask again an object that is overloaded, was just moved or is of another version, and one that cannot work for a while. */
const SOON_MS = 5_000
const LATER_MS = 5 * 60_000

/** The answer where the platform lets an object do nothing, as its fault tells; undefined where the fault is ours. */
export function unavailable(fault: unknown, now: number): Response | undefined {
  if (isDayUsedUp(fault)) {
    const until = now - (now % DAY_MS) + DAY_MS
    return problem('unavailable', { retryAfter: Math.min(LATER_MS, until - now), until })
  }
  if (isStorageFull(fault)) return problem('unavailable', { retryAfter: LATER_MS })
  return isMarked(fault, 'overloaded') || isMarked(fault, 'retryable') || isOfOtherVersion(fault)
    ? problem('unavailable', { retryAfter: SOON_MS })
    : undefined
}

/** The platform marks the faults of a call to an object. */
export function isMarked(fault: unknown, mark: 'overloaded' | 'retryable'): boolean {
  return fault instanceof Error && Reflect.get(fault, mark) === true
}
