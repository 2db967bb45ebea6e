import { t } from '../../i18n/strings.ts'

/** The line above the first unread message. */
export function UnreadDivider() {
  return (
    <li class="unread">
      <h2 class="unread__name">{t.room.timeline.unread}</h2>
    </li>
  )
}
