import { roomPath } from '../../src/protocol/names.ts'
import { t } from '../i18n/strings.ts'
import { RoomsButton } from '../rooms/rooms-button.tsx'
import { ShareLink } from '../share/share-link.tsx'
import { CopyLink } from '../ui/copy-link.tsx'
import { Icon } from '../ui/icon.tsx'
import { useRoom } from './room-context.ts'

export function RoomHeader() {
  const { room, title, topic, isPrivate, self, house } = useRoom()
  const isOpen = !isPrivate.value && self.value?.access !== 'invite'
  const url = location.origin + roomPath(room)
  return (
    <header class="room-header">
      <RoomsButton />
      <div class="room-header__name">
        <h1 dir="auto">{title.value}</h1>
        {topic.value && (
          <p class="room-header__topic" dir="auto" title={topic.value}>
            {topic.value}
          </p>
        )}
      </div>
      <div class="room-header__invite">
        {isOpen && <ShareLink url={url} title={title.value} />}
        {isOpen && <CopyLink url={url} />}
        <button
          type="button"
          class="button room-header__more"
          aria-label={t.room.moderation.aboutRoom}
          title={t.room.moderation.aboutRoom}
          aria-haspopup="dialog"
          onClick={() => {
            house.asked.value = { kind: 'menu' }
          }}
        >
          <Icon name="more" />
        </button>
      </div>
    </header>
  )
}
