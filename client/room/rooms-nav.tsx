import { t } from '../i18n/strings.ts'
import { RoomRows } from '../rooms/room-rows.tsx'
import { SwitcherButton, SwitcherHost } from '../rooms/switcher-host.tsx'
import { Wordmark } from '../ui/wordmark.tsx'

/** The rooms that this browser has joined, beside the open one. */
export function RoomsNav() {
  return (
    <>
      <nav class="rooms" aria-label={t.room.rooms.title}>
        <Wordmark />
        <SwitcherButton />
        <RoomRows />
      </nav>
      <SwitcherHost />
    </>
  )
}
