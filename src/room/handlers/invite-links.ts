import { LIMITS } from '../../protocol/limits.ts'
import type { NewLink } from '../../protocol/moderation.ts'
import { may } from '../../protocol/roles.ts'
import { isBanned, refusesNewcomer, type Visitor } from '../model/access.ts'
import { type Answer, DONE, refused } from '../model/actions.ts'
import type { RoomState, Scope } from '../state/state.ts'
import { type AuditActor, recordAudit } from './audit.ts'

/** Makes an invite link. The room is given only the hash of its secret. */
export function makeLink(
  state: RoomState,
  scope: Scope,
  { log, role, who, username }: AuditActor,
  { link, hash }: { link: NewLink; hash: string },
): Answer {
  const { moderation } = state.store
  if (log.record.access.kind === 'private') return refused('forbidden')
  // Only the owner chooses moderators.
  if (link.role === 'moderator' && !may('govern', role, log.record.access))
    return refused('forbidden', 'role')
  for (const old of moderation.links()) if (isSpent(old, scope.now)) moderation.removeLink(old.hash)
  if (moderation.links().length >= LIMITS.links) return refused('limit-reached')
  const { expiresInMs, uses } = link
  moderation.saveLink({
    hash,
    role: link.role,
    madeBy: who.by,
    madeAt: scope.now,
    ...(expiresInMs === undefined ? {} : { expires: scope.now + expiresInMs }),
    ...(uses === undefined ? {} : { uses }),
  })
  recordAudit(state, scope, { by: who.by, username, action: 'makeLink', detail: link.role })
  return DONE
}

export function revokeLink(
  state: RoomState,
  scope: Scope,
  { who, username }: AuditActor,
  hash: string,
): Answer {
  const { moderation } = state.store
  if (moderation.link(hash) === undefined) return refused('not-found')
  moderation.removeLink(hash)
  recordAudit(state, scope, { by: who.by, username, action: 'revokeLink' })
  return DONE
}

/** Admits someone by the secret of a link. A missing room and a wrong, revoked or spent link get the same answer. */
export function redeemLink(
  state: RoomState,
  scope: Scope,
  { session, by, network }: Visitor,
  hash: string,
): Answer {
  const { log, store } = state
  const link = store.moderation.link(hash)
  if (log === undefined || link === undefined || isSpent(link, scope.now)) return refused('not-found')
  const known = store.person(by)
  if (known && isBanned(known, scope.now)) return refused('banned')
  // Members use up no link.
  const { access } = log.record
  const isOwner = access.kind !== 'private' && access.owner === session
  if (known || isOwner || store.moderation.admitted(by) !== undefined) return DONE
  const closed = refusesNewcomer({ settings: log.record.settings, store, now: scope.now }, network)
  if (closed) return refused(closed)
  if (link.uses === undefined) store.moderation.admitForNow(by, link.role)
  else {
    if (link.uses === 1) store.moderation.removeLink(hash)
    else store.moderation.saveLink({ ...link, uses: link.uses - 1 })
    store.moderation.admit(by, link.role)
  }
  return DONE
}

// An admission stores the role that a person will join with, until they join. A link with a number of uses has as many
// admissions. A link without one could fill the storage with people who never join, so only its newest admissions are
// stored; the others open the link once more.

function isSpent({ expires, uses }: { expires?: number; uses?: number }, now: number): boolean {
  return (expires !== undefined && expires <= now) || uses === 0
}
