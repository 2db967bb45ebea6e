import { isUnread, type SessionView } from '../session/index.ts'
import type { UnreadCount } from '../storage/room-summaries.ts'
import { createMentionsSelf } from './mentions-self.ts'

/** The unread messages above a read marker; undefined if there are none. */
export function unreadAbove(
  view: Pick<SessionView, 'self' | 'timeline' | 'people' | 'hasOlder'>,
  place: number,
): UnreadCount | undefined {
  const { self, timeline, hasOlder } = view
  const mentionsSelf = createMentionsSelf(view)
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
    unread.called ||= mentionsSelf(message.body)
  }
  return unread.count > 0 ? unread : undefined
}
