import { effect, signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { once } from '../lib/once.ts'
import { ModerationHost } from '../moderation/moderation-host.tsx'
import { browserClock, openBrowserSession } from '../net/browser-session.ts'
import { type ReceivedReports, withReport } from '../room/room-moderation.ts'
import { createRoomStore, type RoomStore } from '../room/room-store.ts'
import { RoomView } from '../room/room-view.tsx'
import { startBackground } from '../rooms/background.ts'
import { leaveRoomsForgottenElsewhere } from '../rooms/forget-room.ts'
import { openRoom } from '../rooms/open-room.ts'
import { messageInFragment } from '../routing/fragment.ts'
import { go } from '../routing/router.ts'
import { IDENTITY_LOCK } from '../storage/identity-mark.ts'
import { pageOutbox } from '../storage/outbox-indexeddb.ts'
import { announce } from '../ui/announcer.tsx'
import { onceIdle } from '../ui/once-idle.ts'
import { isVisible, watchVisibility } from '../ui/visible.ts'

/** A room that the visitor has joined. This part of the page loads while they are still outside. */
export interface JoinedRoom {
  store: RoomStore
  View: ComponentType<{ store: RoomStore }>
}

/** What goes on from room to room. */
const startRooms = once(() => {
  holdIdentity()
  watchVisibility()
  startBackground()
  leaveRoomsForgottenElsewhere()
})

export function openJoinedRoom(room: string, username: string): JoinedRoom {
  startRooms()
  const ended = new AbortController()
  const reports = signal<ReceivedReports | undefined>(undefined)
  const session = openBrowserSession(room, username, ended.signal, {
    outbox: pageOutbox(),
    reported(report) {
      reports.value = withReport(reports.peek(), report)
    },
  })
  const at = messageInFragment(location.hash)
  const store = createRoomStore({
    room,
    username,
    session,
    at,
    isVisible,
    reports,
    announce,
    go,
    clock: browserClock,
  })
  const stopSeeding = effect(() => {
    const { self, status } = store.view.value
    if (self !== undefined || !(status.kind === 'offline' || status.kind === 'waiting')) return
    queueMicrotask(() => stopSeeding())
    import(/* @offline */ '../room/show-offline-cache.ts')
      .then(({ showOfflineCache }) => showOfflineCache(room, session))
      .catch(() => {})
  })
  addEventListener('hashchange', () => store.timeline.visit(messageInFragment(location.hash)), {
    signal: ended.signal,
  })
  const { view, self, info, invitations, timeline } = store
  const leave = openRoom({
    room,
    session,
    view,
    invitations,
    title: info.title,
    self: self.joined,
    follow: timeline.follow,
    comeBack: timeline.comeBack,
    visit: timeline.visit,
  })
  // There is time for the rest once the room is there.
  onceIdle(async () => (await import(/* @offline */ './start-background-work.ts')).startBackgroundWork())
  const dispose = () => {
    leave()
    stopSeeding()
    store.dispose()
    ended.abort()
  }
  return { store: { ...store, dispose }, View }
}

function View({ store }: { store: RoomStore }) {
  return <RoomView store={store} dialogs={<ModerationHost />} />
}

/** From now on this page stores something of its person. */
function holdIdentity(): void {
  if (!('locks' in navigator)) return
  navigator.locks.request(IDENTITY_LOCK, { mode: 'shared' }, () => new Promise(() => {})).catch(() => {})
}
