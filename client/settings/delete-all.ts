import { signOut } from '../identity/device-transfer.ts'
import { callApi } from '../net/call-api.ts'
import { forgetRecentRoom, recentRooms } from '../storage/recent-rooms.ts'

export interface NotForgotten {
  room: string
  why: string
}

/**
 * Has each room this browser remembers forget one; then this browser forgets who it was. Where a room refuses, one
 * stays who one is: nobody else could ask it again.
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

/** Goes on where there is nobody any more; otherwise says why not. */
export async function leaveDevice(): Promise<string | undefined> {
  const done = await signOut()
  if (!done.ok) return done.words
  // All that this page still remembers goes with it.
  location.replace('/')
  return undefined
}

async function forgetIn(room: string): Promise<string | undefined> {
  const outcome = await callApi(`/api/rooms/${room}/me`, 'DELETE')
  // A room that is gone holds nothing of anybody.
  if (outcome.ok || outcome.code === 'not-found' || outcome.code === 'erased') return undefined
  return outcome.words
}
