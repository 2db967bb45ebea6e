import type { Invitation } from '../../../src/protocol/server-frames.ts'
import { startOfDay } from '../../i18n/dates.ts'
import type { TimelineItem } from '../../session/index.ts'
import type { PresenceSummary } from './presence-summary.ts'

const GROUP_MS = 5 * 60_000

/** A row of the timeline as it is drawn. Its key stays the same while a message goes from pending to sent. */
export type TimelineRow =
  | { kind: 'day'; key: string; time: number }
  | ItemRow
  | { kind: 'invitation'; key: string; invitation: Invitation }
  | { kind: 'presence'; key: string; summary: PresenceSummary }
  /** The line above the first unread message. */
  | { kind: 'unread'; key: string }

export interface ItemRow {
  kind: 'item'
  key: string
  item: TimelineItem
  author: string
  time: number
  /** The first of an author's run of messages: the row shows their name and picture. */
  opens: boolean
}

export interface PlacedInvitation {
  invitation: Invitation
  /** The newest `seq` when it came: its card follows that message. */
  after: number
}

/** The author of messages that are not in the log yet. */
export interface RowAuthor {
  by: string
  username: string
}

/** Divides messages by day, groups them by author, and puts each invitation where it came. */
export function timelineRows(
  items: readonly TimelineItem[],
  invitations: readonly PlacedInvitation[],
  self: RowAuthor,
): TimelineRow[] {
  const rows: TimelineRow[] = []
  const waiting = [...invitations].sort((a, b) => a.after - b.after)
  let last: (RowAuthor & { time: number }) | undefined

  for (const item of items) {
    const seq = item.kind === 'message' ? item.message.seq : Number.POSITIVE_INFINITY
    const placed = waiting.splice(0, waiting.filter(({ after }) => after < seq).length)
    rows.push(...placed.map(invitationRow))
    const interrupted = placed.length > 0

    const sent =
      item.kind === 'message' ? item.message : { ...self, time: Math.max(item.time, last?.time ?? 0) }
    const newDay = !last || startOfDay(last.time) !== startOfDay(sent.time)
    if (newDay) rows.push({ kind: 'day', key: `day ${startOfDay(sent.time)}`, time: sent.time })

    const continues =
      last?.by === sent.by && last.username === sent.username && sent.time - last.time <= GROUP_MS
    const opens = newDay || interrupted || !continues
    rows.push({ kind: 'item', key: item.key, item, author: sent.username, time: sent.time, opens })
    last = sent
  }
  return [...rows, ...waiting.map(invitationRow)]
}

/** Puts the unread line before the first unread message, unless an earlier one may not be loaded. */
export function withUnread(
  rows: readonly TimelineRow[],
  mark: number | undefined,
  hasOlder: boolean,
): readonly TimelineRow[] {
  if (mark === undefined) return rows
  const at = rows.findIndex((row) => row.kind === 'item' && isUnread(row.item, mark))
  const row = rows[at]
  if (row?.kind !== 'item') return rows
  if (hasOlder && rows.findIndex(({ kind }) => kind === 'item') === at) return rows
  return [
    ...rows.slice(0, at),
    { kind: 'unread', key: 'unread' },
    { ...row, opens: true },
    ...rows.slice(at + 1),
  ]
}

function isUnread(item: TimelineItem, mark: number): boolean {
  return item.kind === 'message' && !item.mine && !item.message.deleted && item.message.seq > mark
}

function invitationRow({ invitation }: PlacedInvitation): TimelineRow {
  return { kind: 'invitation', key: `invitation ${invitation.room}`, invitation }
}
