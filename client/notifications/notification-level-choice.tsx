import '../styles/notifications.css'
import { useSignal } from '@preact/signals'
import { dayName } from '../i18n/dates.ts'
import { t } from '../i18n/strings.ts'
import {
  areAnnouncementsOn,
  isNotifyingWanted,
  isSoundOn,
  type NotificationLevel,
  notificationLevelOf,
  setAnnouncements,
  setNotificationLevel,
  setNotifying,
  setSound,
} from '../storage/notification-levels.ts'
import { askPermission, type Permission, permissionNow } from './permission.ts'
import { playSound } from './sound.ts'

const CALLS: readonly NotificationLevel[] = ['all', 'mentions', 'nothing']

/** Chooses a room's notification level, and how this browser notifies. */
export function NotificationLevelChoice({ room }: { room: string }) {
  return (
    <div class="notifications">
      <fieldset class="notifications__rooms">
        <legend>{t.notifications.levelLabel}</legend>
        {CALLS.map((calls) => (
          <label key={calls} class="notifications__choice">
            <input
              type="radio"
              name="calls"
              checked={notificationLevelOf(room) === calls}
              onChange={() => setNotificationLevel(room, calls)}
            />
            {t.notifications.levels[calls]}
          </label>
        ))}
      </fieldset>
      <p class="notifications__hint">{t.notifications.more}</p>
      <NotificationWays />
    </div>
  )
}

/** How this browser notifies. */
export function NotificationWays() {
  return (
    <>
      <label class="notifications__choice">
        <input
          type="checkbox"
          checked={isSoundOn()}
          onChange={({ currentTarget }) => {
            setSound(currentTarget.checked)
            if (currentTarget.checked) playSound()
          }}
        />
        {t.notifications.sound}
      </label>
      <label class="notifications__choice">
        <input
          type="checkbox"
          checked={areAnnouncementsOn()}
          onChange={({ currentTarget }) => setAnnouncements(currentTarget.checked)}
        />
        {t.notifications.readOut}
      </label>
      <Notifying />
    </>
  )
}

function Notifying() {
  const permission = useSignal<Permission>(permissionNow(Date.now()))
  const now = permission.value
  switch (now.kind) {
    case 'granted':
      return (
        <label class="notifications__choice">
          <input
            type="checkbox"
            checked={isNotifyingWanted()}
            onChange={({ currentTarget }) => setNotifying(currentTarget.checked)}
          />
          {t.notifications.notify}
        </label>
      )
    case 'open':
      return (
        <div>
          <button
            type="button"
            class="button"
            onClick={async () => {
              permission.value = await askPermission(Date.now())
            }}
          >
            {t.notifications.allow}
          </button>
          <p class="notifications__hint">{t.notifications.allowMore}</p>
        </div>
      )
    case 'refused':
      return <p class="notifications__hint">{t.notifications.declined(dayName(now.until, Date.now()))}</p>
    case 'blocked':
      return <p class="notifications__hint">{t.notifications.blocked}</p>
    case 'missing':
      return <p class="notifications__hint">{t.notifications.unsupported}</p>
    default:
      return now satisfies never
  }
}
