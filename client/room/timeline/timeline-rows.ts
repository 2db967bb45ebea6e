import type { Invitation } from '../../../src/protocol/server-frames.ts'
import { startOfDay } from '../../i18n/dates.ts'
import type { TimelineItem } from '../../session/index.ts'
import type { PresenceSummary } from './presence-summary.ts'

const GROUP_MS = 5 * 60_000

/** One line of the timeline as it is drawn. Keys stay the same while an item goes from pending to sent. */
export type TimelineRow =
  | { kind: 'day'; key: string; time: number }
  | ItemRow
  | { kind: 'invitation'; key: string; invitation: Invitation }
  /** People came and went. */
  | { kind: 'passages'; key: string; passed: PresenceSummary }
  /** From here on nothing was read yet. */
  | { kind: 'unread'; key: string }

export interface ItemRow {
  kind: 'item'
  key: string
  item: TimelineItem
  author: string
  time: number
  /** Someone begins to speak here: the row bears name and picture. */
  opens: boolean
}

export interface PlacedInvitation {
  invitation: Invitation
  /** The newest `seq` when it came: its card stands after that. */
  after: number
}

/** Whoever said what is not in the log yet. */
export interface Writer {
  by: string
  username: string
}

/** Divides by days, groups by author, and puts each invitation where it came in. */
export function timelineRows(
  items: readonly TimelineItem[],
  invitations: readonly PlacedInvitation[],
  self: Writer,
): TimelineRow[] {
  const rows: TimelineRow[] = []
  const waiting = [...invitations].sort((a, b) => a.after - b.after)
  let last: (Writer & { time: number }) | undefined

  for (const item of items) {
    const seq = item.kind === 'message' ? item.message.seq : Number.POSITIVE_INFINITY
    const placed = waiting.splice(0, waiting.filter(({ after }) => after < seq).length)
    rows.push(...placed.map(invitationRow))
    const interrupted = placed.length > 0

    const said =
      item.kind === 'message' ? item.message : { ...self, time: Math.max(item.time, last?.time ?? 0) }
    const newDay = !last || startOfDay(last.time) !== startOfDay(said.time)
    if (newDay) rows.push({ kind: 'day', key: `day ${startOfDay(said.time)}`, time: said.time })

    const goesOn =
      last?.by === said.by && last.username === said.username && said.time - last.time <= GROUP_MS
    const opens = newDay || interrupted || !goesOn
    rows.push({ kind: 'item', key: item.key, item, author: said.username, time: said.time, opens })
    last = said
  }
  return [...rows, ...waiting.map(invitationRow)]
}

/** Puts the line before the first message that is unread, where it is known that it is the first. */
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
