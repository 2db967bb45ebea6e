import { useSignal } from '@preact/signals'
import { t } from '../i18n/strings.ts'
import { useNotificationLevel } from '../notifications/use-notification-level.ts'
import { announce } from '../ui/announcer.tsx'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { forgetRoom, unsentIn } from './forget-room.ts'
import type { ListedRoom } from './room-list.ts'

interface Props {
  listed: ListedRoom
  /** It was opened to leave the room. */
  isLeaving?: boolean
  onClose(): void
  onForgotten(): void
}

/** The actions on a room in the list. */
export function RoomMenu({ listed: { room, title }, isLeaving = false, onClose, onForgotten }: Props) {
  const unsent = useSignal(0)
  const { LevelChoice, isSettled } = useNotificationLevel(!isLeaving)

  async function forget() {
    if (unsent.peek() === 0) {
      unsent.value = await unsentIn(room).catch(() => 0)
      if (unsent.peek() > 0) return
    }
    onClose()
    await forgetRoom(room)
    announce(t.room.rooms.forgotten(title))
    onForgotten()
  }

  // Inserting it later would move a button from under the pointer.
  if (!isSettled) return null
  return (
    <Sheet title={title} onClose={onClose}>
      {unsent.value === 0 ? (
        <>
          {LevelChoice && <LevelChoice room={room} />}
          <p class="room-menu__more">{t.room.rooms.forgetMore}</p>
          <div class="room-menu__buttons">
            <button type="button" class="button button--danger" onClick={forget}>
              <Icon name="bin" />
              {t.room.rooms.forget}
            </button>
          </div>
        </>
      ) : (
        <>
          <p class="room-menu__more" role="alert">
            {t.room.rooms.unsent(unsent.value)}
          </p>
          <div class="room-menu__buttons">
            <button type="button" class="button button--danger" onClick={forget}>
              {t.room.rooms.forgetConfirm}
            </button>
            <button type="button" class="button" onClick={onClose}>
              {t.room.rooms.cancel}
            </button>
          </div>
        </>
      )}
    </Sheet>
  )
}
