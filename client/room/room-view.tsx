import { useSignal, useSignalEffect } from '@preact/signals'
import { Sheet } from '../parts/sheet.tsx'
import { t } from '../strings/strings.ts'
import { Composer } from './composer.tsx'
import { People } from './people.tsx'
import { RoomContext } from './room-context.ts'
import { RoomHeader } from './room-header.tsx'
import type { RoomStore } from './room-store.ts'
import { RoomsNav } from './rooms-nav.tsx'
import { StatusLine } from './status-line.tsx'
import { Timeline } from './timeline/timeline.tsx'

/** Inside: rooms and people beside the conversation, or one pane with the people a thumb away. */
export function RoomView({ store }: { store: RoomStore }) {
  useSignalEffect(() => {
    document.title = t.titleOf(store.title.value)
  })
  return (
    <RoomContext.Provider value={store}>
      <Panes />
    </RoomContext.Provider>
  )
}

function Panes() {
  const peopleShown = useSignal(false)
  return (
    <div class="room">
      <RoomsNav />
      <RoomHeader />
      <main class="room__talk">
        <Timeline />
        <StatusLine
          showPeople={() => {
            peopleShown.value = true
          }}
        />
        <Composer />
      </main>
      <aside class="room__people" aria-label={t.room.hereNow}>
        <People />
      </aside>
      {peopleShown.value && (
        <Sheet
          title={t.room.hereNow}
          onClose={() => {
            peopleShown.value = false
          }}
        >
          <People />
        </Sheet>
      )}
    </div>
  )
}
