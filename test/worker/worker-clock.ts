import { vi } from 'vitest'

export const HOUR_MS = 60 * 60 * 1_000

const today = new Date()
/** Eight in the morning of the tenth of last month, UTC. */
export const MORNING = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 10, 8)

/**
 * Sets the Worker's clock to that morning, so that no day or month ends unless a test passes time. The platform's own
 * clock is unchanged, so every alarm is due at once. `vi.restoreAllMocks()` undoes it.
 */
export function clockLastMonth(): { pass(ms: number): void } {
  return clockFrom(MORNING)
}

/** The same of next month: no alarm is due while a test runs. */
export function clockNextMonth(): { pass(ms: number): void } {
  return clockFrom(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 10, 8))
}

/** The Worker's clock runs from now, and a test can advance it. Alarms follow the platform's own clock. */
export function clockFromNow(): { pass(ms: number): void } {
  return clockFrom(Date.now())
}

function clockFrom(start: number): { pass(ms: number): void } {
  const platformNow = Date.now
  const began = platformNow()
  let passed = 0
  vi.spyOn(Date, 'now').mockImplementation(() => start + (platformNow() - began) + passed)
  return {
    pass(ms) {
      passed += ms
    },
  }
}

/** Stops the Worker's clock until a test advances it, so a slow machine changes nothing. `vi.restoreAllMocks()` undoes it. */
export function stopTime(): { pass(ms: number): void } {
  let now = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  return {
    pass(ms) {
      now += ms
    },
  }
}
