import { LIMITS } from '../../protocol/limits.ts'
import type { NewLink } from '../../protocol/moderation.ts'
import { may, type Role } from '../../protocol/roles.ts'
import { isBanned, refusesNewcomer, type Visitor } from '../model/access.ts'
import { type Answer, DONE, type ListedLink, refused } from '../model/actions.ts'
import type { InviteLink } from '../model/moderation-store.ts'
import type { Access } from '../model/room-record.ts'
import { type RoomState, type Scope, writesClosed } from '../state/state.ts'
import { type AuditActor, actorFields, recordAudit } from './audit.ts'

/** Makes an invite link. The room is given only the hash of its secret. */
export function makeLink(
  state: RoomState,
  scope: Scope,
  { log, role, who, username }: AuditActor,
  { link, hash }: { link: NewLink; hash: string },
): Answer {
  const { moderation } = state.store
  const { access } = log.record
  if (access.kind === 'private') return refused('forbidden')
  if (!mayMakeLink(link.role, role, access)) return refused('forbidden', 'role')
  const ended = moderation.links().filter((old) => hasExpired(old, scope.now))
  moderation.removeLinks(ended.map((old) => old.hash))
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
  const actor = actorFields({ role, who, username })
  recordAudit(state, scope, { ...actor, action: 'makeLink', role: link.role, link: hash })
  return DONE
}

/** A link as moderators see it. Its hash is also its id: older clients know only the hash. */
export function listedLink(link: InviteLink): ListedLink {
  return { id: link.hash, ...link }
}

export function revokeLink(state: RoomState, scope: Scope, asker: AuditActor, hash: string): Answer {
  const { moderation } = state.store
  const link = moderation.link(hash)
  if (link === undefined) return refused('not-found')
  moderation.removeLinks([hash])
  recordAudit(state, scope, { ...actorFields(asker), action: 'revokeLink', role: link.role, link: hash })
  return DONE
}

/** Revokes the links that someone made and may not make any more. Without a role: all of them. */
export function revokeLinksOf({ store }: RoomState, by: string, access: Access, role?: Role): void {
  const { moderation } = store
  const revoked = moderation
    .links()
    .filter(({ madeBy }) => madeBy === by)
    .filter((link) => role === undefined || !mayMakeLink(link.role, role, access))
  moderation.removeLinks(revoked.map(({ hash }) => hash))
}

/** Moderators make links. Only the owner chooses moderators. */
function mayMakeLink(linkRole: InviteLink['role'], role: Role, access: Access): boolean {
  return may(linkRole === 'moderator' ? 'govern' : 'moderate', role, access)
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
  if (known || isOwner || store.moderation.admitted(by, scope.now) !== undefined) return DONE
  const closed = refusesNewcomer({ settings: log.record.settings, store, now: scope.now }, network)
  if (closed) return refused(closed)
  const unwritable = writesClosed(state, scope.now)
  if (unwritable) return { ok: false, ...unwritable }
  const { uses, role } = link
  if (uses !== undefined) store.moderation.saveLink({ ...link, uses: uses - 1 })
  if (uses === undefined || uses > LIMITS.waiting) store.moderation.admitForNow(by, { role, link: hash })
  else store.moderation.admit(by, { role, link: hash })
  recordAudit(state, scope, { by, username: '', action: 'redeemLink', role, link: hash })
  return DONE
}

// An admission stores the role that a person will join with, until they join. A link with a number of uses has as many
// admissions. A link without one, or with very many, could fill the storage with people who never join, so only its newest
// admissions are stored; the others open the link once more.

function isSpent(link: InviteLink, now: number): boolean {
  return hasExpired(link, now) || link.uses === 0
}

function hasExpired({ expires }: InviteLink, now: number): boolean {
  return expires !== undefined && expires <= now
}
