import { t } from '../i18n/strings.ts'
import { signOut } from '../identity/device-transfer.ts'
import { textOf } from '../lib/parse-unknown.ts'
import { ask } from '../net/api.ts'
import { problemText } from '../net/problem-text.ts'
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
  const answer = await ask(`/api/rooms/${room}/me`, 'DELETE')
  if (answer === undefined) return t.room.problems.unreachable
  const code = textOf(answer.body.code) ?? ''
  // A room that is gone holds nothing of anybody.
  if (answer.ok || code === 'not-found' || code === 'erased') return undefined
  return problemText(code, textOf(answer.body.title) ?? t.room.problems.unreachable)
}
