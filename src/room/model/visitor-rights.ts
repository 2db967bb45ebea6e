import type { ErrorCode } from '../../protocol/error-rules.ts'
import { may } from '../../protocol/roles.ts'
import { admit, type Door, firstRole, roleOf, type Visitor } from './access.ts'

/** Why someone, present or away, may not see what the room costs. */
export function refusesUsage(door: Door, who: Visitor): ErrorCode | undefined {
  const closed = admit(door, who)
  if (closed || door.record === undefined) return closed ?? 'forbidden'
  const role = roleOf(door, who)
  return role && may('seeUsage', role, door.record.access) ? undefined : 'forbidden'
}

/** Why someone, present or away, may not erase the room. Either member of a private room may, joined or not. */
export function refusesErase(door: Door, who: Visitor): ErrorCode | undefined {
  const closed = admit(door, who)
  if (closed || door.record === undefined) return closed ?? 'forbidden'
  const { access } = door.record
  const role = roleOf(door, who) ?? firstRole(access, who.session)
  return may('eraseRoom', role, access) ? undefined : 'forbidden'
}
