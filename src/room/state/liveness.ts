import { LIMITS } from '../../protocol/limits.ts'
import type { Connection } from './connection.ts'

/** When a socket last gave a sign of life, in ms; undefined where none is known. */
export interface SignsOfLife {
  /** Whether the socket reports itself open. */
  isOpen: boolean
  /** The last answered heartbeat. */
  heartbeat: number | undefined
  /** The last frame since the room woke. */
  frame: number | undefined
}

/**
 * Whether a socket is dead although its close event never came. An open socket is dead once its heartbeat has stopped; a
 * client without a heartbeat may just be listening. For a socket that is not open, frames and its close event may still
 * be on their way, so it has a little time.
 */
export function isStale({ isOpen, heartbeat, frame }: SignsOfLife, now: number): boolean {
  if (!isOpen) return frame === undefined || now - frame > LIMITS.staleLookMs
  if (heartbeat === undefined) return false
  return now - Math.max(heartbeat, frame ?? heartbeat) > LIMITS.staleMs
}

/** Whether a reader stopped confirming in the middle of a resume: they would never hear anything again. */
export function hasStoppedReading({ catchUp }: Pick<Connection, 'catchUp'>, now: number): boolean {
  return catchUp !== undefined && now - catchUp.sentAt > LIMITS.staleMs
}

/** Whether a socket was opened long ago and its person has not joined. */
export function hasNotJoinedInTime(
  { joined, openedAt }: Pick<Connection, 'joined' | 'openedAt'>,
  now: number,
): boolean {
  return !joined && openedAt !== undefined && now - openedAt > LIMITS.unjoinedMs
}
