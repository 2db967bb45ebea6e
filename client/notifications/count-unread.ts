import { isMentioned } from '../markdown/mentions.ts'
import { isUnread, type SessionView } from '../session/index.ts'
import type { UnreadCount } from '../storage/room-summaries.ts'

/** The unread messages above a read marker; undefined if there are none. */
export function unreadAbove(
  { self, timeline, hasOlder }: Pick<SessionView, 'self' | 'timeline' | 'hasOlder'>,
  place: number,
): UnreadCount | undefined {
  const unread: UnreadCount = { count: 0, more: hasOlder, called: false, upTo: place }
  for (const item of timeline.toReversed()) {
    if (item.kind !== 'message') continue
    const { message } = item
    if (message.seq <= place) {
      unread.more = false
      break
    }
    if (!isUnread(item, self)) continue
    unread.count += 1
    unread.upTo = Math.max(unread.upTo, message.seq)
    unread.called ||= isMentioned(message.body, self?.username ?? '')
  }
  return unread.count > 0 ? unread : undefined
}
