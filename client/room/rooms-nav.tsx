import { Wordmark } from '../parts/wordmark.tsx'
import { RoomRows } from '../rooms/room-rows.tsx'
import { SwitcherButton, SwitcherHost } from '../rooms/switcher-host.tsx'
import { t } from '../strings/strings.ts'

/** The rooms one has been in, beside the one that is open. */
export function RoomsNav() {
  return (
    <>
      <nav class="rooms" aria-label={t.room.rooms}>
        <Wordmark />
        <SwitcherButton />
        <RoomRows />
      </nav>
      <SwitcherHost />
    </>
  )
}
