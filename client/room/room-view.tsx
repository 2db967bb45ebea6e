import { useSignal, useSignalEffect } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../i18n/strings.ts'
import { go } from '../routing/router.ts'
import { setTitle } from '../ui/page-title.ts'
import { Sheet } from '../ui/sheet.tsx'
import { Composer } from './composer/composer.tsx'
import { fitKeyboard } from './fit-keyboard.ts'
import { PeopleList } from './people/people-list.tsx'
import { ReportNotice } from './report-notice.tsx'
import { RoomContext } from './room-context.ts'
import { RoomHeader } from './room-header.tsx'
import type { RoomStore } from './room-store.ts'
import { RoomsNav } from './rooms-nav.tsx'
import { StatusLine } from './status-line.tsx'
import { TimelineView } from './timeline/timeline-view.tsx'
import { Welcome } from './welcome.tsx'

/** The page of a room: rooms and people beside the conversation, or a single pane on a phone. */
export function RoomView({ store, dialogs }: { store: RoomStore; dialogs: ComponentChildren }) {
  useSignalEffect(() => {
    setTitle(t.door.titleOf(store.info.title.value))
  })
  return (
    <RoomContext.Provider value={store}>
      <Panes dialogs={dialogs} />
    </RoomContext.Provider>
  )
}

function Panes({ dialogs }: { dialogs: ComponentChildren }) {
  const isPeopleOpen = useSignal(false)
  const room = useRef<HTMLDivElement>(null)
  useEffect(() => (room.current ? fitKeyboard(room.current) : undefined), [])
  useEffect(() => (room.current ? beginSwiping(room.current) : undefined), [])
  return (
    <div ref={room} class="room">
      <RoomsNav />
      <RoomHeader />
      <main class="room__talk">
        <Welcome />
        <TimelineView />
        <ReportNotice />
        <StatusLine
          showPeople={() => {
            isPeopleOpen.value = true
          }}
        />
        <Composer />
      </main>
      <aside class="room__people" aria-label={t.room.people.hereNow}>
        <PeopleList />
      </aside>
      {dialogs}
      {isPeopleOpen.value && (
        <Sheet
          title={t.room.people.hereNow}
          onClose={() => {
            isPeopleOpen.value = false
          }}
        >
          <PeopleList />
        </Sheet>
      )}
    </div>
  )
}

/** Loads the swipe back where there is a finger to swipe with. */
function beginSwiping(room: HTMLElement): () => void {
  const ended = new AbortController()
  if (navigator.maxTouchPoints > 0)
    import(/* @offline */ './swipe-back.ts').then(
      ({ swipeBack }) => {
        if (ended.signal.aborted) return
        ended.signal.addEventListener(
          'abort',
          swipeBack(room, () => go('/')),
        )
      },
      () => {},
    )
  return () => ended.abort()
}
