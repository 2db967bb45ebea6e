import type { RecentRoom } from '../storage/recent-rooms.ts'
import type { RoomSummaries, UnreadCount, WaitingInvitation } from '../storage/room-summaries.ts'
import { roomTitle } from '../ui/room-title.ts'

/** A room in a list of rooms. */
export interface ListedRoom {
  room: string
  /** Its full title. */
  title: string
  /** The other person of a private room. */
  companion?: string
  isOpen: boolean
  unread?: UnreadCount
}

interface Known {
  recent: readonly RecentRoom[]
  summaries: RoomSummaries
  here: string | undefined
  placeOf(room: string): number | undefined
}

export function listRooms({ recent, summaries, here, placeOf }: Known): ListedRoom[] {
  return recent.map(({ room, companion, title }) => {
    const isOpen = room === here
    const unread = summaries[room]?.unread
    const isUnread = !isOpen && unread !== undefined && unread.upTo > (placeOf(room) ?? -1)
    return {
      room,
      title: roomTitle(room, companion, title),
      isOpen,
      ...(companion === undefined ? {} : { companion }),
      ...(isUnread ? { unread } : {}),
    }
  })
}

/** All waiting invitations, one for each private room, the newest last. */
export function listWaiting(
  summaries: RoomSummaries,
  own: readonly WaitingInvitation[],
  here: string | undefined,
): readonly WaitingInvitation[] {
  const all = [...Object.values(summaries).flatMap(({ waiting }) => waiting), ...own]
  const byRoom = new Map(all.map((one) => [one.room, one]))
  return [...byRoom.values()].filter(({ room }) => room !== here)
}

/** The sum of what is unread in other rooms. */
export function sumOf(
  rooms: readonly ListedRoom[],
  waiting: readonly WaitingInvitation[],
): UnreadCount | undefined {
  const unread = rooms.flatMap((one) => (one.unread ? [one.unread] : []))
  const count = unread.reduce((sum, one) => sum + one.count, waiting.length)
  if (count === 0) return undefined
  return {
    count,
    more: unread.some(({ more }) => more),
    called: waiting.length > 0 || unread.some(({ called }) => called),
    upTo: 0,
  }
}
