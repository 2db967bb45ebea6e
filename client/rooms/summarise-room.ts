import { unreadAbove } from '../notifications/count-unread.ts'
import type { SessionView } from '../session/index.ts'
import type { RoomSummary } from '../storage/room-summaries.ts'

/** What there is to tell of a room whose messages up to `place` were read. */
export function summariseRoom(home: string, view: SessionView, place: number): RoomSummary {
  const unread = unreadAbove(view, place)
  const waiting = view.invitations
    .filter(({ username }) => username !== view.self?.username)
    .map(({ room, username }) => ({ home, room, from: username }))
  return unread === undefined ? { waiting } : { unread, waiting }
}
