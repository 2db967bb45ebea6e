import type { ErrorCode } from '../../protocol/error-rules.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { isGeneratedId } from '../../protocol/names.ts'
import { isModerator, type Role } from '../../protocol/roles.ts'
import type { Admission } from './moderation-store.ts'
import type { Access, PersonRecord, RoomRecord } from './room-record.ts'
import type { Store } from './store.ts'

/** Someone who asks to join. */
export interface Visitor {
  /** Hash of the session token. */
  session: string
  by: string
  /** A hash of their address; absent where that is not known. */
  network?: string
  /** Whose budget pays for what they have the room do later; absent likewise. */
  payer?: string
}

/** The room they ask to join. */
export interface Door {
  room: string
  record: RoomRecord | undefined
  store: Pick<Store, 'person' | 'moderation'>
  now: number
  /** Whether the first to join a named room begins it. */
  joinsBegin?: boolean
}

/** Why someone may not join, if so. A room that is closed to them answers like one that does not exist. */
export function admit(
  { room, record, store, now, joinsBegin = true }: Door,
  { session, by, network }: Visitor,
  known?: PersonRecord,
): ErrorCode | undefined {
  if (record === undefined) return isGeneratedId(room) || !joinsBegin ? 'not-found' : undefined
  const { access, settings } = record
  if (access.kind === 'private')
    return access.members.some((member) => member.session === session) ? undefined : 'not-found'
  if (access.owner === session) return undefined
  const person = known ?? store.person(by)
  if (person) return isBanned(person, now) ? 'banned' : undefined
  if (access.kind === 'invite' && store.moderation.admitted(by, now) === undefined) return 'not-found'
  return refusesNewcomer({ settings, store, now }, network)
}

/** Why nobody new may join from this network now, if so, not even by an invite link. */
export function refusesNewcomer(
  { settings, store, now }: Pick<RoomRecord, 'settings'> & Pick<Door, 'store' | 'now'>,
  network: string | undefined,
): ErrorCode | undefined {
  if (network !== undefined && store.moderation.networkBannedUntil(network) > now) return 'banned'
  return settings.locked ? 'locked' : undefined
}

export function isBanned({ bannedUntil = 0 }: PersonRecord, now: number): boolean {
  return bannedUntil > now
}

/** The role of a new member, whom an invite link may have admitted. */
export function firstRole(access: Access, session: string, admission?: Admission): Role {
  if (ownerOf(access) === session) return 'owner'
  const { role, link } = admission ?? { role: 'member' }
  // An admission without a link is of an earlier version. Its link may have been revoked since, unseen.
  return role === 'moderator' && link === undefined ? 'member' : role
}

/** Who comes first where places are few: moderators, then people who have been here for a while. */
export type Precedence = 'moderator' | 'known' | 'newcomer'

/** Both people of a private room are known. */
export function precedenceOf({ record, store, now }: Door, { session, by }: Visitor): Precedence {
  if (record === undefined) return 'newcomer'
  const person = store.person(by)
  if (ownerOf(record.access) === session || (person && isModerator(person.role))) return 'moderator'
  if (record.access.kind === 'private') return 'known'
  return person === undefined || isNewcomer(person, now) ? 'newcomer' : 'known'
}

/** Whether someone joined so recently that the room does not know them yet. It knows its moderators. */
export function isNewcomer({ role, since }: PersonRecord, now: number): boolean {
  return since !== undefined && now - since < LIMITS.newcomerMs && !isModerator(role)
}

export function ownerOf(access: Access): string | undefined {
  return access.kind === 'private' ? undefined : access.owner
}

/** The role of someone, present or away; undefined for strangers and for banned people. */
export function roleOf({ record, store, now }: Door, { session, by }: Visitor): Role | undefined {
  if (record === undefined) return undefined
  const known = store.person(by)
  if (known) return isBanned(known, now) ? undefined : known.role
  return ownerOf(record.access) === session ? 'owner' : undefined
}
