import { type Answer, refused } from '../model/actions.ts'
import type { RoomState, Scope } from '../state/state.ts'
import { recordAudit } from './audit.ts'
import { revokeLinksOf } from './invite-links.ts'
import { saveStanding } from './moderate.ts'

/**
 * The operator gives a room to someone who has joined it. `before` is the former owner, who stays as a member. A private
 * room belongs to both of its members and cannot be transferred.
 */
export function transferOwnership(
  state: RoomState,
  scope: Scope,
  { by, before }: { by: string; before: string | undefined },
): Answer {
  const { log, store } = state
  const person = store.person(by)
  if (log === undefined || person === undefined) return refused('not-found', 'by')
  const { access } = log.record
  if (access.kind === 'private') return refused('forbidden', 'room')
  log.save({ access: { ...access, owner: person.session } })
  if (before !== undefined && before !== by) revokeLinksOf(state, before, access, 'member')
  const former = before === undefined || before === by ? undefined : store.person(before)
  if (former) saveStanding(state, scope, { ...former, role: 'member' })
  const about = { about: by, aboutName: person.username }
  recordAudit(state, scope, { by: '', username: '', action: 'handOver', ...about })
  // The new owner must be able to join and to speak.
  return saveStanding(state, scope, { ...person, role: 'owner', mutedUntil: 0, bannedUntil: 0 })
}
