import { unreadAbove } from '../notifications/count-unread.ts'
import type { SessionView } from '../session/index.ts'
import type { RoomSummary } from '../storage/room-summaries.ts'

/** The summary of a room that was read up to `place`. */
export function summariseRoom(home: string, view: SessionView, place: number): RoomSummary {
  const unread = unreadAbove(view, place)
  const waiting = view.invitations
    .filter(({ username }) => username !== view.self?.username)
    .map(({ room, username }) => ({ home, room, from: username }))
  return unread === undefined ? { waiting } : { unread, waiting }
}
