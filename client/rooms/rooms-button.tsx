import { useSignal } from '@preact/signals'
import { t } from '../i18n/strings.ts'
import { unreadCountOf, unreadWordsOf } from '../notifications/unread-words.ts'
import { Badge } from '../ui/badge.tsx'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { newElsewhere } from './background.ts'
import { RoomRows } from './room-rows.tsx'
import { SwitcherButton } from './switcher-host.tsx'

/** Opens the list of rooms on narrow screens. */
export function RoomsButton() {
  const shown = useSignal(false)
  const unread = newElsewhere.value
  const close = () => {
    shown.value = false
  }
  return (
    <div class="rooms-button">
      <button
        type="button"
        class="button button--icon"
        aria-haspopup="dialog"
        onClick={() => {
          shown.value = true
        }}
      >
        <span class="visually-hidden">
          {unread ? t.room.rooms.openWith(unreadWordsOf(unread).join(', ')) : t.room.rooms.title}
        </span>
        <Icon name="rooms" />
        {unread && <Badge count={unreadCountOf(unread)} called={unread.called} />}
      </button>
      {shown.value && (
        <Sheet title={t.room.rooms.title} onClose={close}>
          <div class="rooms-sheet">
            <SwitcherButton />
            {/* Another room's page comes without this sheet; a link to the open room closes it. */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: it listens to links, which the keyboard clicks */}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
            <div onClick={({ target }) => target instanceof Element && target.closest('a') && close()}>
              <RoomRows />
              <a class="rooms-sheet__home" href="/">
                {t.room.rooms.home}
              </a>
            </div>
          </div>
        </Sheet>
      )}
    </div>
  )
}
