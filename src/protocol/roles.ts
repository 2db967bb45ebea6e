import type { AccessKind } from './access-kinds.ts'

/** A person's role in a room, the highest rank first. */
export const ROLES = ['owner', 'moderator', 'member', 'reader'] as const
export type Role = (typeof ROLES)[number]

/** What a right depends on beside a role. A server knows who the owner is, a client only whether there is one. */
export interface AccessRules {
  readonly kind: AccessKind
  readonly owner?: string | true
}

/**
 * - `speak`: send, react, reply, type; edit and delete their own messages
 * - `setTopic`, `seeUsage`: in a room without an owner, and in a private one, its members may
 * - `moderate`: delete messages, lock, slow down, kick, mute and ban, see people and audit, invite by link
 * - `govern`: title, welcome, access, retention and roles
 * - `eraseRoom`: delete the room with everything in it
 */
export type Right = 'speak' | 'setTopic' | 'seeUsage' | 'moderate' | 'govern' | 'eraseRoom'

export function may(right: Right, role: Role, access: AccessRules): boolean {
  switch (right) {
    case 'speak':
      return role !== 'reader'
    case 'setTopic':
    case 'seeUsage':
      return isModerator(role) || (role === 'member' && access.owner === undefined)
    case 'moderate':
      return isModerator(role)
    case 'govern':
      return role === 'owner'
    case 'eraseRoom':
      return role === 'owner' || (role === 'member' && access.kind === 'private')
    default:
      return right satisfies never
  }
}

export function isModerator(role: Role): boolean {
  return role === 'owner' || role === 'moderator'
}

/** Only people of a lower rank can be moderated. */
export function outranks(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) < ROLES.indexOf(other)
}
