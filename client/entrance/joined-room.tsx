import { effect, signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { once } from '../lib/once.ts'
import { ModerationHost } from '../moderation/moderation-host.tsx'
import { browserClock, openBrowserSession } from '../net/browser-session.ts'
import type { ReceivedReport } from '../room/room-moderation.ts'
import { createRoomStore, type RoomStore } from '../room/room-store.ts'
import { RoomView } from '../room/room-view.tsx'
import { startBackground } from '../rooms/background.ts'
import { leaveRoomsForgottenElsewhere } from '../rooms/forget-room.ts'
import { openRoom } from '../rooms/open-room.ts'
import { messageInFragment } from '../routing/fragment.ts'
import { go } from '../routing/router.ts'
import { createIndexedDbOutbox } from '../storage/outbox-indexeddb.ts'
import { announce } from '../ui/announcer.tsx'
import { onceIdle } from '../ui/once-idle.ts'
import { isVisible, watchVisibility } from '../ui/visible.ts'

/** What comes after the door. It is loaded while one still stands before it. */
export interface JoinedRoom {
  store: RoomStore
  View: ComponentType<{ store: RoomStore }>
}

/** What goes on from room to room. */
const startRooms = once(() => {
  watchVisibility()
  startBackground()
  leaveRoomsForgottenElsewhere()
})

export function openJoinedRoom(room: string, username: string): JoinedRoom {
  startRooms()
  const ended = new AbortController()
  const reported = signal<ReceivedReport | undefined>(undefined)
  const hear = (report: ReceivedReport) => {
    reported.value = report
  }
  const session = openBrowserSession(room, username, ended.signal, {
    outbox: createIndexedDbOutbox(),
    reported: hear,
  })
  const at = messageInFragment(location.hash)
  const store = createRoomStore({
    room,
    username,
    session,
    at,
    isVisible,
    reported,
    announce,
    go,
    clock: browserClock,
  })
  const stopRecalling = effect(() => {
    const { self, status } = store.view.value
    if (self !== undefined || !(status.kind === 'offline' || status.kind === 'waiting')) return
    queueMicrotask(() => stopRecalling())
    import(/* @offline */ '../room/show-offline-cache.ts')
      .then(({ showOfflineCache: recall }) => recall(room, session))
      .catch(() => {})
  })
  addEventListener('hashchange', () => store.visit(messageInFragment(location.hash)), {
    signal: ended.signal,
  })
  const leave = openRoom(store)
  // There is time for the rest once the room is there.
  onceIdle(async () => (await import(/* @offline */ './start-background-work.ts')).startBackgroundWork())
  const dispose = () => {
    leave()
    stopRecalling()
    store.dispose()
    ended.abort()
  }
  return { store: { ...store, dispose }, View }
}

function View({ store }: { store: RoomStore }) {
  return <RoomView store={store} dialogs={<ModerationHost />} />
}
