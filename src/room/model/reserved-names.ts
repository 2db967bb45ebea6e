import { skeletonOf } from './confusable-names.ts'

/** Names that look like the room itself, its moderators, or everyone in it. */
const RESERVED = new Set(
  [
    ...['everyone', 'everybody', 'all', 'here', 'channel', 'room', 'hallway', 'system', 'server', 'support'],
    ...['admin', 'admins', 'administrator', 'mod', 'mods', 'moderator', 'moderators', 'owner', 'operator'],
    ...['staff', 'root', 'deleted', 'unknown', 'undefined', 'null'],
  ].map(skeletonOf),
)

/** Whether nobody may take this name, or a confusable one. People who already have it keep it. */
export function isReserved(username: string): boolean {
  return RESERVED.has(skeletonOf(username))
}
