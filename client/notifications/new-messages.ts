import type { Message } from '../../src/protocol/server-frames.ts'
import { isUnread, type SessionView } from '../session/index.ts'
import type { NotificationLevel } from '../storage/notification-levels.ts'
import { createMentionsSelf } from './mentions-self.ts'

/** The newest known message of a room; undefined until its history has arrived. */
export function newestOf({ self, timeline }: Pick<SessionView, 'self' | 'timeline'>): number | undefined {
  if (self === undefined) return undefined
  const newest = timeline.findLast((item) => item.kind === 'message')
  const seq = newest?.kind === 'message' ? newest.message.seq : 0
  // The newest page comes with `joined` or right after it.
  return seq === 0 && self.seq > 0 ? undefined : seq
}

/** The messages after `known` that may notify the person. */
export function newMessagesSince(
  view: Pick<SessionView, 'self' | 'timeline' | 'people'>,
  known: number,
  calls: NotificationLevel,
): readonly Message[] {
  const { self, timeline } = view
  if (self === undefined || calls === 'nothing') return []
  const mentionsSelf = createMentionsSelf(view)
  return timeline.flatMap((item) => {
    if (!isUnread(item, self) || item.message.seq <= known) return []
    const { message } = item
    return calls === 'all' || mentionsSelf(message.body) ? [message] : []
  })
}
