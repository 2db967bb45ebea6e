import { useSignalEffect } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { askFacts } from '../api.ts'
import { JoinCard } from '../join/join-card.tsx'
import { announce } from '../parts/announcer.tsx'
import { go } from '../router.ts'
import { t } from '../strings/strings.ts'
import { browserClock, openBrowserSession } from './browser-session.ts'
import { ClosedPage } from './closed-page.tsx'
import { RoomContext } from './room-context.ts'
import { createRoomStore, type RoomStore } from './room-store.ts'
import { RoomView } from './room-view.tsx'

export function RoomPage({ room }: { room: string }) {
  const store = useMemo(() => createRoomStoreOfPage(room), [room])
  useEffect(() => store.dispose, [store])
  useSignalEffect(() => {
    document.title = t.titleOf(store.title.value)
  })
  return (
    <RoomContext.Provider value={store}>
      <AtStage store={store} />
    </RoomContext.Provider>
  )
}

function AtStage({ store }: { store: RoomStore }) {
  const stage = store.stage.value
  switch (stage.kind) {
    case 'outside':
      return <JoinCard />
    case 'inside':
      return <RoomView />
    case 'closed':
      return <ClosedPage problem={stage.problem} />
    default:
      return stage satisfies never
  }
}

function createRoomStoreOfPage(room: string): RoomStore {
  return createRoomStore({
    room,
    openSession: (username, until) => openBrowserSession(room, username, until),
    askFacts: () => askFacts(room),
    announce,
    go,
    clock: browserClock,
  })
}
