import { t } from '../i18n/strings.ts'
import type { UnreadCount } from '../storage/room-summaries.ts'

const MOST = 99

/** For a badge. */
export function unreadCountOf({ count, more }: UnreadCount): string {
  if (count > MOST) return t.room.rooms.many(t.door.number(MOST))
  return more ? t.room.rooms.many(t.door.number(count)) : t.door.number(count)
}

/** For screen readers. */
export function unreadWordsOf({ count, more, called }: UnreadCount): string[] {
  const words = [t.room.rooms.unread(count, more)]
  return called ? [...words, t.room.rooms.mentioned] : words
}
