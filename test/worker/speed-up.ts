import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'

/** Batching and the grace period take almost no time. Neither does an eviction, which waits for the object's timers. */
export function shortenWaits(): void {
  Object.assign(LIMITS, { ephemeralGatherMs: 1, rosterGatherMs: 4, leaveGraceMs: 4 })
}

/** For tests that evict hundreds of rooms again and again. */
export function speedUp(): void {
  shortenWaits()
  // Nobody exceeds the rate limit.
  Object.assign(env, { RATE_BURST: '1000' })
  // Thousands of requests would log a line each.
  vi.spyOn(console, 'info').mockImplementation(() => {})
}
