import { LIMITS } from '../../protocol/limits.ts'
import type { Connection } from './connection.ts'

/** When somebody behind a socket last gave a sign, in ms; undefined where none is known. */
export interface SignsOfLife {
  /** Whether the socket calls itself open. */
  isOpen: boolean
  /** The newest heartbeat that was answered. */
  heartbeat: number | undefined
  /** The newest frame, as far back as memory goes. */
  frame: number | undefined
}

/**
 * Whether a socket whose close never came has nobody behind it any more. One that is open kept a heartbeat and lost it;
 * where there never was any, somebody may just be listening. Of one that is not, frames may still be on their way, and
 * then its close: it has a little time.
 */
export function isStale({ isOpen, heartbeat, frame }: SignsOfLife, now: number): boolean {
  if (!isOpen) return frame === undefined || now - frame > LIMITS.staleLookMs
  if (heartbeat === undefined) return false
  return now - Math.max(heartbeat, frame ?? heartbeat) > LIMITS.staleMs
}

/** Whether someone has opened a socket and never come in. */
export function hasNotJoinedInTime(
  { joined, openedAt }: Pick<Connection, 'joined' | 'openedAt'>,
  now: number,
): boolean {
  return !joined && openedAt !== undefined && now - openedAt > LIMITS.unjoinedMs
}
