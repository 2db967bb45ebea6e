import { skeletonOf } from './confusable-names.ts'

/** Names that would be taken for the room itself, for those who look after it, or for everyone in it. */
const RESERVED = new Set(
  [
    ...['everyone', 'everybody', 'all', 'here', 'channel', 'room', 'hallway', 'system', 'server', 'support'],
    ...['admin', 'admins', 'administrator', 'mod', 'mods', 'moderator', 'moderators', 'owner', 'operator'],
    ...['staff', 'root', 'deleted', 'unknown', 'undefined', 'null'],
  ].map(skeletonOf),
)

/** Whether nobody may take this name anew, or one that looks like it. Whoever had it before keeps it. */
export function isReserved(username: string): boolean {
  return RESERVED.has(skeletonOf(username))
}
