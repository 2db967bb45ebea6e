import { expect, test } from 'vitest'
import {
  type PlacedInvitation,
  type TimelineRow,
  timelineRows,
  withUnread,
} from '../../../client/room/timeline/timeline-rows.ts'
import type { TimelineItem } from '../../../client/session/index.ts'

const NOON = new Date(2026, 10, 20, 12).getTime()
const MINUTE = 60_000
const self = { by: 'a', username: 'Ann' }

function sent(seq: number, by: string, time: number, username = by): TimelineItem {
  const message = { seq, id: `i${seq}`, by, username, body: 'x', time, room: 'main' }
  return { kind: 'message', key: `k${seq}`, message, mine: by === self.by }
}

function invited(after: number): PlacedInvitation {
  const invitation = { username: 'Ben', username2: 'Ann', room: 'r', url: '', created: true, joined: false }
  return { after, invitation }
}

/** `day`, `card`, `+key` where someone begins to speak, `key` where they go on. */
function brief(row: TimelineRow): string {
  if (row.kind === 'item') return (row.opens ? '+' : '') + row.key
  return row.kind === 'invitation' ? 'card' : row.kind
}

test.each<[string, TimelineItem[], string[]]>([
  ['nothing', [], []],
  ['one breath', [sent(1, 'a', NOON), sent(2, 'a', NOON + MINUTE)], ['day', '+k1', 'k2']],
  ['two people', [sent(1, 'a', NOON), sent(2, 'b', NOON + MINUTE)], ['day', '+k1', '+k2']],
  ['five minutes', [sent(1, 'a', NOON), sent(2, 'a', NOON + 5 * MINUTE)], ['day', '+k1', 'k2']],
  ['more than that', [sent(1, 'a', NOON), sent(2, 'a', NOON + 5 * MINUTE + 1)], ['day', '+k1', '+k2']],
  ['another name', [sent(1, 'a', NOON), sent(2, 'a', NOON, 'Anna')], ['day', '+k1', '+k2']],
  ['another day', [sent(1, 'a', NOON), sent(2, 'a', NOON + 1_440 * MINUTE)], ['day', '+k1', 'day', '+k2']],
])('[TR1] rows are grouped by author and day: %s', (_, items, rows) => {
  expect(timelineRows(items, [], self).map(brief)).toEqual(rows)
})

test('[TR2] a pending message continues the author’s own group, even with a clock that is behind', () => {
  const pending: TimelineItem = { kind: 'pending', key: 'p', id: 'p', body: 'x', time: NOON - 999 * MINUTE }
  expect(timelineRows([sent(1, 'a', NOON, 'Ann'), pending], [], self).map(brief)).toEqual(['day', '+k1', 'p'])
})

test.each([
  [0, ['card', 'day', '+k1', 'k2']],
  [1, ['day', '+k1', 'card', '+k2']],
  [2, ['day', '+k1', 'k2', 'card']],
])(
  '[TR3] an invitation that came after seq %i is shown there, and a new group begins below it',
  (after, rows) => {
    const items = [sent(1, 'a', NOON), sent(2, 'a', NOON)]
    expect(timelineRows(items, [invited(after)], self).map(brief)).toEqual(rows)
  },
)

test.each<[string, number | undefined, boolean, string[]]>([
  ['no place', undefined, false, ['day', '+k1', 'k2', '+k3', '+k4', 'k5']],
  ['all read', 5, false, ['day', '+k1', 'k2', '+k3', '+k4', 'k5']],
  ['within one breath', 1, false, ['day', '+k1', 'unread', '+k2', '+k3', '+k4', 'k5']],
  ['only one’s own between', 2, false, ['day', '+k1', 'k2', '+k3', 'unread', '+k4', 'k5']],
  ['nothing read, all here', 0, false, ['day', 'unread', '+k1', 'k2', '+k3', '+k4', 'k5']],
  ['nothing read of what is here, and more above', 0, true, ['day', '+k1', 'k2', '+k3', '+k4', 'k5']],
])('[TR21] the unread line: %s', (_, mark, hasOlder, rows) => {
  const items = ['b', 'b', 'a', 'b', 'b'].map((by, at) => sent(at + 1, by, NOON))
  expect(withUnread(timelineRows(items, [], self), mark, hasOlder).map(brief)).toEqual(rows)
})
