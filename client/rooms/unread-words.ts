import { t } from '../i18n/strings.ts'
import type { Unread } from '../storage/count-unread.ts'

const MOST = 99

/** For a badge. */
export function countOf({ count, more }: Unread): string {
  if (count > MOST) return t.rooms.many(t.number(MOST))
  return more ? t.rooms.many(t.number(count)) : t.number(count)
}

/** For those who listen. */
export function wordsOf({ count, more, called }: Unread): string[] {
  const words = [t.rooms.unread(count, more)]
  return called ? [...words, t.rooms.called] : words
}
