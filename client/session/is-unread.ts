import type { Joined } from '../../src/protocol/server-frames.ts'
import type { TimelineItem } from './types.ts'

type Said = Extract<TimelineItem, { kind: 'message' }>

/** Whether a row is news to the reader: said by somebody else, still there, and by nobody they blocked. */
export function isUnread(item: TimelineItem, self: Pick<Joined, 'blocked'> | undefined): item is Said {
  if (item.kind !== 'message' || item.mine || item.message.deleted) return false
  return !self?.blocked?.includes(item.message.by)
}
