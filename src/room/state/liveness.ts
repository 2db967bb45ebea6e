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

interface Time {
  now: number
  /** When something noted at a time has happened, by today's clock. */
  noted(time: number): number
}

/** Whether a connection is dead, has not joined in time, or has stopped reading its resume. */
export function isGone(
  { joined, openedAt, catchUp }: Pick<Connection, 'joined' | 'openedAt' | 'catchUp'>,
  signs: SignsOfLife,
  time: Time,
): boolean {
  const isLonger = (at: number | undefined, ms: number): boolean =>
    at !== undefined && time.now - time.noted(at) > ms
  return (
    (!joined && isLonger(openedAt, LIMITS.unjoinedMs)) ||
    // A reader who stopped confirming in the middle would never hear anything again.
    isLonger(catchUp?.sentAt, LIMITS.staleMs) ||
    isStale(signs, isLonger)
  )
}

/**
 * Whether a socket is dead although its close event never came. An open socket is dead once its heartbeat has stopped; a
 * client without a heartbeat may just be listening. For a socket that is not open, frames and its close event may still
 * be on their way, so it has a little time.
 */
function isStale(
  { isOpen, heartbeat, frame }: SignsOfLife,
  isLonger: (at: number | undefined, ms: number) => boolean,
): boolean {
  if (!isOpen) return frame === undefined || isLonger(frame, LIMITS.staleLookMs)
  const { staleMs } = LIMITS
  return isLonger(heartbeat, staleMs) && (frame === undefined || isLonger(frame, staleMs))
}
