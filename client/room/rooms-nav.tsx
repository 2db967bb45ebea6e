import { roomPath } from '../../src/protocol/names.ts'
import { recentRooms } from '../memory/recent-rooms.ts'
import { Wordmark } from '../parts/wordmark.tsx'
import { t } from '../strings/strings.ts'
import { useRoom } from './room-context.ts'
import { roomTitle } from './room-title.ts'

/** The rooms one has been in, beside the one that is open. */
export function RoomsNav() {
  const { room: open } = useRoom()
  return (
    <nav class="rooms" aria-label={t.room.rooms}>
      <Wordmark />
      <ul class="rooms__list">
        {recentRooms().map(({ room, companion }) => (
          <li key={room}>
            <a
              class="rooms__room"
              href={roomPath(room)}
              aria-current={room === open ? 'page' : undefined}
              dir="auto"
            >
              {roomTitle(room, companion)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
