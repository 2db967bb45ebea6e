import { roomPath } from '../../src/protocol/names.ts'
import { t } from '../i18n/strings.ts'
import { RoomsButton } from '../rooms/rooms-button.tsx'
import { ShareLink } from '../share/share-link.tsx'
import { CopyLink } from '../ui/copy-link.tsx'
import { Icon } from '../ui/icon.tsx'
import { useRoom } from './room-context.ts'

export function RoomHeader() {
  const { room, self, info, moderation } = useRoom()
  const isOpen = !info.isPrivate.value && self.joined.value?.access !== 'invite'
  const url = location.origin + roomPath(room)
  return (
    <header class="room-header">
      <RoomsButton />
      <div class="room-header__name">
        <h1 dir="auto">{info.title.value}</h1>
        {info.topic.value && (
          <p class="room-header__topic" dir="auto" title={info.topic.value}>
            {info.topic.value}
          </p>
        )}
      </div>
      <div class="room-header__invite">
        {isOpen && <ShareLink url={url} title={info.title.value} />}
        {isOpen && <CopyLink url={url} />}
        <button
          type="button"
          class="button room-header__more"
          aria-label={t.room.moderation.aboutRoom}
          title={t.room.moderation.aboutRoom}
          aria-haspopup="dialog"
          onClick={() => {
            moderation.dialog.value = { kind: 'menu' }
          }}
        >
          <Icon name="more" />
        </button>
      </div>
    </header>
  )
}
