import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'

/** For tests with hundreds of rooms, each of which is evicted again and again. */
export function makeQuick(): void {
  // An eviction waits for the object's timers, so they are short; and nobody is told that they speak too fast.
  Object.assign(LIMITS, { ambientGatherMs: 1, rosterGatherMs: 4, leaveGraceMs: 4 })
  Object.assign(env, { RATE_BURST: '1000' })
  // Thousands of requests have a log line each.
  vi.spyOn(console, 'info').mockImplementation(() => {})
}
