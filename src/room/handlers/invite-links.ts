import { LIMITS } from '../../protocol/limits.ts'
import type { NewLink } from '../../protocol/moderation.ts'
import { may } from '../../protocol/roles.ts'
import { isBanned, refusesNewcomer, type Visitor } from '../model/access.ts'
import { type Answer, DONE, refused } from '../model/actions.ts'
import type { RoomState, Scope } from '../state/state.ts'
import { type AuditActor, recordAudit } from './audit.ts'

/** A way in, for those who have its secret; here only the secret's hash is known. */
export function makeLink(
  state: RoomState,
  scope: Scope,
  { log, role, who, username }: AuditActor,
  { link, hash }: { link: NewLink; hash: string },
): Answer {
  const { moderation } = state.store
  if (log.record.access.kind === 'private') return refused('forbidden')
  // Whoever comes as a moderator is chosen by the owner.
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

/** Someone brings a secret. Whether the room is not there, or the link is none, was revoked or is used up, they hear the same. */
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
  // Whoever is in already takes no place of another.
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

// What is kept of an admission is the role that a person joins with, until they join; the person is kept from then on.
// A link for so many has so many of them. One for anybody could fill the room's storage by people who never join, so
// only the newest of these are kept: who was overtaken before they joined opens the link once more.

function isSpent({ expires, uses }: { expires?: number; uses?: number }, now: number): boolean {
  return (expires !== undefined && expires <= now) || uses === 0
}
