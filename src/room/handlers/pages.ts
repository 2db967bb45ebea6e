import { LIMITS } from '../../protocol/limits.ts'
import { unconfirmed } from '../state/connection.ts'
import { type RoomState, refuse, type Scope } from '../state/state.ts'

/** When to ask again for a page while the sockets of a person leave too much unconfirmed. */
const UNCONFIRMED_RETRY_MS = 1_000

/**
 * Reads the pages that people asked for, until they are much for one turn. The rest waits for the next one. Who leaves
 * much unconfirmed waits: a page would be read in vain, because the room closes the socket that it is for.
 */
export function answerPages(state: RoomState, scope: Scope): void {
  const { pages, store, accounts, connections } = state
  const { outgoing } = scope
  if (pages.length === 0) return
  const behind = behindByPerson(state)
  while (pages.length > 0 && outgoing.answered < LIMITS.answersOfTurn) {
    const [next] = pages.splice(0, 1)
    if (next === undefined) return
    const { to, id, query } = next
    const before = behind.get(to.by) ?? 0
    const answered = outgoing.answered
    if (connections.has(to) && !outgoing.isFlooded(to)) {
      if (before > LIMITS.personUnansweredBytes / 2)
        refuse(scope, to, 'rate-limited', { id, retryAfter: UNCONFIRMED_RETRY_MS })
      else outgoing.answer(to, 'msgHistory', store.page(query))
    }
    behind.set(to.by, before + outgoing.answered - answered)
    accounts.settle(to)
  }
}

function behindByPerson({ connections, unread }: RoomState): Map<string, number> {
  const behind = new Map<string, number>()
  for (const connection of connections) {
    const { by } = connection
    behind.set(by, (behind.get(by) ?? unread.of(by)) + unconfirmed(connection))
  }
  return behind
}
