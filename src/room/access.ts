import type { ErrorCode } from '../protocol/errors.ts'
import { isGeneratedId } from '../protocol/names.ts'
import type { Access, Facts, Role } from './facts.ts'

/** Whether this session may enter at all. A room that is closed to it answers as one that is not there. */
export function admit(room: string, facts: Facts | undefined, session: string): ErrorCode | undefined {
  if (facts === undefined) return isGeneratedId(room) ? 'not-found' : undefined
  const { access } = facts
  const admitted = access.kind === 'open' || access.members.some((member) => member.session === session)
  return admitted ? undefined : 'not-found'
}

/** The role of someone who joins for the first time. */
export function firstRole(access: Access, session: string): Role {
  return access.kind === 'open' && access.owner === session ? 'owner' : 'member'
}

export type Right = 'speak' | 'setTopic' | 'seeUsage' | 'moderate'

/** Who may do what. In a room without an owner, and in a private one, its members look after it. */
export function may(right: Right, role: Role, access: Access): boolean {
  const leads = role === 'owner' || role === 'moderator'
  switch (right) {
    case 'speak':
      return role !== 'reader'
    case 'setTopic':
    case 'seeUsage':
      return leads || (role === 'member' && (access.kind === 'private' || access.owner === undefined))
    case 'moderate':
      return leads
    default:
      return right satisfies never
  }
}
