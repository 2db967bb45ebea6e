import { t } from '../i18n/strings.ts'
import type { UnreadCount } from '../storage/room-summaries.ts'

const MOST = 99

/** For a badge. */
export function unreadCountOf({ count, more }: UnreadCount): string {
  if (count > MOST) return t.rooms.many(t.number(MOST))
  return more ? t.rooms.many(t.number(count)) : t.number(count)
}

/** For those who listen. */
export function unreadWordsOf({ count, more, called }: UnreadCount): string[] {
  const words = [t.rooms.unread(count, more)]
  return called ? [...words, t.rooms.called] : words
}
