import type { NotificationLevel } from '../storage/notification-levels.ts'
import type { UnreadCount } from '../storage/room-summaries.ts'

export interface UnreadRoom {
  room: string
  unread?: UnreadCount | undefined
}

/** All that is new and may call: of a room that calls for mentions only, what is new once one is called there. */
export function badgeCountOf(
  rooms: readonly UnreadRoom[],
  callsOf: (room: string) => NotificationLevel,
  waiting: number,
): { count: number; more: boolean } {
  const counted = rooms.flatMap(({ room, unread }) => {
    const calls = callsOf(room)
    const isCounted = calls === 'all' || (calls === 'mentions' && unread?.called)
    return unread && isCounted ? [unread] : []
  })
  return {
    count: counted.reduce((sum, { count }) => sum + count, waiting),
    more: counted.some(({ more }) => more),
  }
}
