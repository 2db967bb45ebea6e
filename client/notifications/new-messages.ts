import type { Message } from '../../src/protocol/server-frames.ts'
import { isMentioned } from '../markdown/mentions.ts'
import { isUnread, type SessionView } from '../session/index.ts'
import type { NotificationLevel } from '../storage/notification-levels.ts'

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
  { self, timeline }: Pick<SessionView, 'self' | 'timeline'>,
  known: number,
  calls: NotificationLevel,
): readonly Message[] {
  if (self === undefined || calls === 'nothing') return []
  return timeline.flatMap((item) => {
    if (!isUnread(item, self) || item.message.seq <= known) return []
    const { message } = item
    return calls === 'all' || isMentioned(message.body, self.username) ? [message] : []
  })
}
