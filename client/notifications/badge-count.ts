import type { NotificationLevel } from '../storage/notification-levels.ts'
import type { UnreadCount } from '../storage/room-summaries.ts'

export interface UnreadRoom {
  room: string
  unread?: UnreadCount | undefined
}

/** What the badge counts: everything unread. A room at level `mentions` counts only once it has a mention. */
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
