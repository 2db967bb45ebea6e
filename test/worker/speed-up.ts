import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'

/** What waits for company waits next to nothing, and so does an eviction, which waits for the object's timers. */
export function shortenWaits(): void {
  Object.assign(LIMITS, { ephemeralGatherMs: 1, rosterGatherMs: 4, leaveGraceMs: 4 })
}

/** For tests with hundreds of rooms, each of which is evicted again and again. */
export function makeQuick(): void {
  shortenWaits()
  // Nobody is told that they speak too fast.
  Object.assign(env, { RATE_BURST: '1000' })
  // Thousands of requests have a log line each.
  vi.spyOn(console, 'info').mockImplementation(() => {})
}
