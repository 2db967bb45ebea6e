import { CLOSE, type ErrorCode } from '../../protocol/error-rules.ts'
import { ERRORS } from '../../protocol/errors.ts'
import type { Moderation } from '../../protocol/moderation.ts'
import { may, outranks } from '../../protocol/roles.ts'
import { ownerOf } from '../model/access.ts'
import { type Answer, DONE, refused } from '../model/actions.ts'
import type { AuditFields } from '../model/moderation-store.ts'
import { FOR_EVER, type PersonRecord } from '../model/room-record.ts'
import type { Connection } from '../state/connection.ts'
import type { RoomState, Scope } from '../state/state.ts'
import { type AuditActor, actorFields, reasonOf, recordAudit } from './audit.ts'
import { revokeLinksOf } from './invite-links.ts'

/** Moderates a person, or undoes it. */
export function moderate(state: RoomState, scope: Scope, asker: AuditActor, what: Moderation): Answer {
  const person = state.store.person(what.by)
  if (person === undefined) return refused('not-found', 'by')
  if (!outranks(asker.role, person.role)) return refused('forbidden', 'by')
  const done = act(state, scope, asker, { person, what })
  if (done.ok) {
    const about = { about: person.by, aboutName: person.username }
    recordAudit(state, scope, { ...actorFields(asker), action: what.action, ...about, ...fieldsOf(what) })
  }
  return done
}

interface Case<M extends Moderation = Moderation> {
  person: PersonRecord
  what: M
}

function act(state: RoomState, scope: Scope, asker: AuditActor, { person, what }: Case): Answer {
  const { now } = scope
  switch (what.action) {
    case 'kick':
      closeSockets(state, scope, person.by, 'kicked')
      return DONE
    case 'mute':
      return saveStanding(state, scope, { ...person, mutedUntil: now + what.ms })
    case 'unmute':
      return saveStanding(state, scope, { ...person, mutedUntil: 0 })
    case 'ban':
      return ban(state, scope, asker, { person, what })
    case 'unban':
      state.store.moderation.unbanNetworks(person.by)
      return saveStanding(state, scope, { ...person, bannedUntil: 0 })
    case 'setRole':
      return setRole(state, scope, asker, { person, what })
    default:
      return what satisfies never
  }
}

function ban(
  state: RoomState,
  scope: Scope,
  { log }: AuditActor,
  { person, what }: Case<Extract<Moderation, { action: 'ban' }>>,
): Answer {
  const until = what.ms === undefined ? FOR_EVER : Math.min(FOR_EVER, scope.now + what.ms)
  state.store.saveStanding({ ...person, bannedUntil: until })
  if (what.network) {
    for (const { network } of socketsOf(state, person.by))
      if (network !== undefined) state.store.moderation.banNetwork(network, person.by, until)
  }
  revokeLinksOf(state, person.by, log.record.access)
  closeSockets(state, scope, person.by, 'banned')
  return DONE
}

function setRole(
  state: RoomState,
  scope: Scope,
  { log, who, role }: AuditActor,
  { person, what }: Case<Extract<Moderation, { action: 'setRole' }>>,
): Answer {
  const { access } = log.record
  if (!may('govern', role, access)) return refused('forbidden', 'role')
  if (what.role !== 'owner') {
    revokeLinksOf(state, person.by, access, what.role)
    return saveStanding(state, scope, { ...person, role: what.role })
  }
  if (access.kind === 'private' || ownerOf(access) !== who.session) return refused('forbidden', 'role')
  log.save({ access: { ...access, owner: person.session } })
  const before = state.store.person(who.by)
  if (before) saveStanding(state, scope, { ...before, role: 'moderator' })
  revokeLinksOf(state, who.by, access, 'moderator')
  // The new owner cannot undo it otherwise.
  state.store.moderation.unbanNetworks(person.by)
  return saveStanding(state, scope, { ...person, role: 'owner', mutedUntil: 0, bannedUntil: 0 })
}

/** Saves a person's role, mute and ban, and tells them. */
export function saveStanding(state: RoomState, scope: Scope, person: PersonRecord): Answer {
  const { by, role, mutedUntil = 0 } = person
  state.store.saveStanding(person)
  for (const connection of socketsOf(state, by)) {
    connection.role = role
    connection.mutedUntil = mutedUntil
    scope.outgoing.touch(connection)
  }
  tellStanding(state, scope, by)
  return DONE
}

/** Sends a person their own standing, in all their tabs. */
export function tellStanding(state: RoomState, scope: Scope, by: string): void {
  const person = state.store.person(by)
  if (person === undefined) return
  const standing = standingOf(state, person)
  for (const to of socketsOf(state, by)) if (to.joined) scope.outgoing.answer(to, 'standing', standing)
}

/** A person's standing, as it is sent to them alone. */
export function standingOf(
  { store }: RoomState,
  { by, role, mutedUntil = 0, refusesStrangers }: PersonRecord,
) {
  const blocked = store.moderation.blocked(by)
  return {
    role,
    ...(mutedUntil > 0 ? { mutedUntil } : {}),
    ...(blocked.length > 0 ? { blocked } : {}),
    ...(refusesStrangers ? { refusesStrangers } : {}),
  }
}

/** Closes all connections of a person, and says why. */
export function closeSockets(state: RoomState, scope: Scope, by: string, code: ErrorCode): void {
  for (const to of socketsOf(state, by)) {
    scope.outgoing.answer(to, 'error', { code, message: ERRORS[code].message })
    scope.outgoing.close(to, CLOSE.refused, code)
  }
}

function socketsOf({ connections }: RoomState, by: string): Connection[] {
  return [...connections].filter((connection) => connection.by === by)
}

function fieldsOf(what: Moderation): AuditFields {
  return {
    ...('ms' in what && what.ms !== undefined ? { ms: what.ms } : {}),
    ...('network' in what && what.network ? { network: true } : {}),
    ...('role' in what ? { role: what.role } : {}),
    ...('reason' in what ? reasonOf(what.reason) : {}),
  }
}
