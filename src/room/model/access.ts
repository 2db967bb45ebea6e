import type { ErrorCode } from '../../protocol/errors.ts'
import { isGeneratedId } from '../../protocol/names.ts'
import type { Role } from '../../protocol/roles.ts'
import type { Access, PersonRecord, RoomRecord } from './room-record.ts'
import type { Store } from './store.ts'

/** Who asks to come in. */
export interface Visitor {
  /** Hash of the session token. */
  session: string
  by: string
  /** Stands for where they come from; absent where that is not known. */
  network?: string
}

/** The door they ask at. */
export interface Door {
  room: string
  record: RoomRecord | undefined
  store: Pick<Store, 'person' | 'moderation'>
  now: number
}

/** Why someone may not enter, if so. A room that is closed to them answers as one that is not there. */
export function admit(
  { room, record, store, now }: Door,
  { session, by, network }: Visitor,
  known?: PersonRecord,
): ErrorCode | undefined {
  if (record === undefined) return isGeneratedId(room) ? 'not-found' : undefined
  const { access, settings } = record
  if (access.kind === 'private')
    return access.members.some((member) => member.session === session) ? undefined : 'not-found'
  if (access.owner === session) return undefined
  const person = known ?? store.person(by)
  if (person) return isBanned(person, now) ? 'banned' : undefined
  if (access.kind === 'invite' && store.moderation.admitted(by) === undefined) return 'not-found'
  return refusesNewcomer({ settings, store, now }, network)
}

/** Why nobody new comes in from there at present, if so: not by a link either. */
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

/** The role of someone who joins for the first time, whom a link may have let in. */
export function firstRole(access: Access, session: string, admitted?: Role): Role {
  return ownerOf(access) === session ? 'owner' : (admitted ?? 'member')
}

export function ownerOf(access: Access): string | undefined {
  return access.kind === 'private' ? undefined : access.owner
}

/** What someone is in this room, here or not; undefined for a stranger and for someone who is banned. */
export function roleOf({ record, store, now }: Door, { session, by }: Visitor): Role | undefined {
  if (record === undefined) return undefined
  const known = store.person(by)
  if (known) return isBanned(known, now) ? undefined : known.role
  return ownerOf(record.access) === session ? 'owner' : undefined
}
