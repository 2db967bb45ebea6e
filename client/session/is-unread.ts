import type { Joined } from '../../src/protocol/server-frames.ts'
import type { TimelineItem } from './types.ts'

type MessageRow = Extract<TimelineItem, { kind: 'message' }>

/**
 * Whether a row counts as unread for this person: a message of someone else, not deleted, and not of a person they
 * blocked. Where the person has read to is for the caller to know.
 */
export function isUnread(item: TimelineItem, self: Pick<Joined, 'blocked'> | undefined): item is MessageRow {
  if (item.kind !== 'message' || item.mine || item.message.deleted) return false
  return !self?.blocked?.includes(item.message.by)
}
