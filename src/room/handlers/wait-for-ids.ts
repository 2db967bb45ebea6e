import { LIMITS } from '../../protocol/limits.ts'
import type { Connection } from '../state/connection.ts'
import type { RoomState, Scope } from '../state/state.ts'

/** With more than this waiting, the rest of the ids is loaded at once. */
const MOST_WAITING = 100

/** Has the work of a connection wait until the ids of earlier changes are in memory. */
export function waitForIds(
  state: RoomState,
  scope: Scope,
  from: Connection,
  go: (later: Scope) => void,
): void {
  const { waiting } = state
  waiting.push({ from, go })
  if (waiting.length > MOST_WAITING) loadIds(state, scope, LIMITS.retryChanges)
}

/** Whether something of a connection waits: what comes after it waits behind it. */
export function isWaiting({ waiting }: RoomState, from: Connection): boolean {
  return waiting.some((one) => one.from === from)
}

/** Loads the next ids. Once all are in memory, what waited for them is done, in order. */
export function loadIds(state: RoomState, scope: Scope, most: number): void {
  const { waiting, log, accounts } = state
  const [first] = waiting
  if (first === undefined || log === undefined) return
  const after = log.retryFrom(undefined, undefined)
  const isDone = after === 'stale' || log.warm(after, most)
  accounts.settle(first.from)
  if (!isDone) return
  for (const { from, go } of waiting.splice(0)) {
    if (state.connections.has(from) && !scope.outgoing.isClosing(from)) go(scope)
    accounts.settle(from)
  }
}
