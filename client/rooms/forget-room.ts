import { effect, untracked } from '@preact/signals'
import { t } from '../i18n/strings.ts'
import { go, route } from '../routing/router.ts'
import { dropDraft } from '../storage/draft.ts'
import { editDraftStorage } from '../storage/edit-draft.ts'
import { isForgotten, markForgotten } from '../storage/forgotten-rooms.ts'
import { setNotificationLevel } from '../storage/notification-levels.ts'
import { deleteCachedPage } from '../storage/offline-cache.ts'
import { pageOutbox } from '../storage/outbox-indexeddb.ts'
import { dropReadMarker } from '../storage/read-markers.ts'
import { forgetRecentRoom } from '../storage/recent-rooms.ts'
import { dropScrollPositions, saveScrollPosition } from '../storage/scroll-positions.ts'
import { forgetSeenWelcome } from '../storage/seen-welcomes.ts'
import { announce } from '../ui/announcer.tsx'

import { nowOpen, whenLeft } from './open-room.ts'

/** How many changes of this room are still in the outbox. */
export async function unsentIn(room: string): Promise<number> {
  return (await pageOutbox().list(room)).length
}

const leaving = new Set<string>()

/** Leaves a room in all tabs and deletes its data in this browser. Messages stay in the room. */
export async function forgetRoom(room: string): Promise<void> {
  leaving.add(room)
  // First, because the page may end: from now on the room's link leads to the join card.
  dropTraces(room)
  const here = route.peek()
  if (here.kind === 'room' && here.room === room) go('/')
  // Leaving still stores the scroll position.
  await whenLeft(room)
  await forgetTraces(room).finally(() => leaving.delete(room))
}

/** An open room may store more afterwards. */
export async function forgetTraces(room: string): Promise<void> {
  dropTraces(room)
  await deleteCachedPage(room)
  const outbox = pageOutbox()
  for (const { id } of await outbox.list(room)) await outbox.remove(room, id)
}

function dropTraces(room: string): void {
  forgetRecentRoom(room)
  dropDraft(room)
  editDraftStorage(room).keep(undefined)
  dropReadMarker(room)
  setNotificationLevel(room, 'all')
  forgetSeenWelcome(room)
  saveScrollPosition(room, undefined)
  markForgotten(room)
}

/** A room that another tab forgets is left here too, and forgotten once more: this tab may have stored something since. */
export function leaveRoomsForgottenElsewhere(): void {
  effect(() => {
    dropScrollPositions(isForgotten)
    const open = nowOpen.value
    if (open === undefined || !isForgotten(open.room) || leaving.has(open.room)) return
    // Its page already says why it is closed.
    if (open.view.value.status.kind === 'fatal') return
    const title = untracked(() => open.title.value)
    queueMicrotask(async () => {
      await forgetRoom(open.room)
      announce(t.room.rooms.forgotten(title))
    })
  })
}
