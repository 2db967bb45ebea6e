import { LIMITS } from '../protocol/limits.ts'

/** When somebody behind a socket last gave a sign, in ms; undefined where none is known. */
export interface SignsOfLife {
  /** The newest heartbeat that was answered. */
  heartbeat: number | undefined
  /** The newest frame, as far back as memory goes. */
  frame: number | undefined
}

/**
 * Whether a socket that calls itself open has nobody behind it any more: it kept a heartbeat, and lost it. One that
 * never had a heartbeat may just be listening.
 */
export function hasFallenSilent({ heartbeat, frame }: SignsOfLife, now: number): boolean {
  if (heartbeat === undefined) return false
  return now - Math.max(heartbeat, frame ?? heartbeat) > LIMITS.silenceMs
}
