import { LIMITS } from '../../protocol/limits.ts'
import { isOver } from '../model/waits.ts'
import type { Connection } from '../state/connection.ts'
import { isGone } from '../state/liveness.ts'
import { isPresent } from '../state/presence.ts'
import { type RoomState, writesClosed } from '../state/state.ts'

/** A connection has closed. Its person stays listed for the grace period. */
export function leave(state: RoomState, connection: Connection, now: number): void {
  if (drop(state, connection, now)) state.presence.depart(connection, now)
}

const NONE: readonly Connection[] = []

/**
 * Drops the stale connections, those that have not joined in time, and those that stopped reading their resume; looks at most every `staleLookMs`. Their people
 * were gone long ago, so they get no grace period.
 */
export function leaveStale(state: RoomState, now: number): readonly Connection[] {
  if (!isOver(state.staleLookedAt + LIMITS.staleLookMs, now, LIMITS.staleLookMs)) return NONE
  if (now < state.staleLookedAt) state.setBackAt = now
  state.staleLookedAt = now
  const stale: Connection[] = []
  let isSetBack = false
  // What was noted before the clock was set back counts as noted when the room noticed that.
  const noted = (time: number): number => {
    if (time <= now) return time
    isSetBack = true
    state.setBackAt ??= now
    return state.setBackAt
  }
  for (const connection of state.connections) {
    const signs = state.options.signsOfLife(connection)
    if (signs === undefined) continue
    if (isGone(connection, signs, { now, noted })) stale.push(connection)
  }
  if (!isSetBack) state.setBackAt = undefined
  for (const connection of stale) if (drop(state, connection, now)) state.presence.vanish(connection)
  return stale
}

/** Forgets a connection, and saves its read marker and whether its person spoke. Answers whether its person was listed by it. */
function drop(state: RoomState, connection: Connection, now: number): boolean {
  const { connections, connectionLimits, accounts, watchers, store } = state
  watchers.leave(connection)
  if (!connections.delete(connection)) return false
  connectionLimits.leave(connection)
  accounts.leave(connection, connections)
  const { by, read = 0, spoke = false } = connection
  if ((read > 0 || spoke) && !writesClosed(state, now)) store.saveRead(by, read, spoke)
  return isPresent(connection)
}
