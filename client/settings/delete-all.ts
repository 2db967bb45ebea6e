import { signOut } from '../identity/device-transfer.ts'
import { callApi } from '../net/call-api.ts'
import { forgetRecentRoom, recentRooms } from '../storage/recent-rooms.ts'

export interface NotForgotten {
  room: string
  why: string
}

/**
 * Has every room in this browser's list forget the person, then deletes the identity here. If a room refuses, the
 * identity stays: nothing else could ask that room again.
 */
export async function deleteAll(tell: (room: string) => void): Promise<NotForgotten[]> {
  const left: NotForgotten[] = []
  for (const { room } of [...recentRooms()]) {
    tell(room)
    const why = await forgetIn(room)
    if (why === undefined) forgetRecentRoom(room)
    else left.push({ room, why })
  }
  return left
}

/** Ends the identity on this device, or answers why not. */
export async function leaveDevice(): Promise<string | undefined> {
  const done = await signOut()
  return done.ok ? undefined : done.words
}

async function forgetIn(room: string): Promise<string | undefined> {
  const outcome = await callApi(`/api/rooms/${room}/me`, 'DELETE')
  // An erased room holds no data.
  if (outcome.ok || outcome.code === 'not-found' || outcome.code === 'erased') return undefined
  return outcome.words
}
