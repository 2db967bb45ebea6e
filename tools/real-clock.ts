import type { Clock } from '../client/session/index.ts'

/** The machine's clock, or one that runs faster and so shortens backoff, heartbeats and time-outs. */
export function realClock(timesFaster = 1): Clock {
  return {
    now: () => Date.now() * timesFaster,
    after(ms, run) {
      const timer = setTimeout(run, ms / timesFaster)
      return () => clearTimeout(timer)
    },
  }
}
