import { vi } from 'vitest'

export const HOUR_MS = 60 * 60 * 1_000

const today = new Date()
/** Eight in the morning of the tenth of last month, UTC. */
export const MORNING = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 10, 8)

/**
 * Lets the Worker live on that morning, so that no day or month ends on the way unless a test lets it. The platform's
 * own clock goes on as it does. Undone by `vi.restoreAllMocks()`.
 */
export function lastMonth(): { pass(ms: number): void } {
  const platformNow = Date.now
  const began = platformNow()
  let passed = 0
  vi.spyOn(Date, 'now').mockImplementation(() => MORNING + (platformNow() - began) + passed)
  return {
    pass(ms) {
      passed += ms
    },
  }
}

/** Lets the Worker live from now on, and as much later as a test says: alarms are the platform's and come when they come. */
export function fromNow(): { pass(ms: number): void } {
  const platformNow = Date.now
  let passed = 0
  vi.spyOn(Date, 'now').mockImplementation(() => platformNow() + passed)
  return {
    pass(ms) {
      passed += ms
    },
  }
}

/** From here on no time passes for the Worker, however slow the machine. Undone by `vi.restoreAllMocks()`. */
export function stopTime(): void {
  vi.spyOn(Date, 'now').mockReturnValue(Date.now())
}
