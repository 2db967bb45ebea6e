import { expect, test } from 'vitest'
import { roomEn } from '../../../client/i18n/en/room.ts'
import { withPresenceEvents } from '../../../client/room/timeline/presence-rows.ts'
import { presenceSummaryOf } from '../../../client/room/timeline/presence-summary.ts'
import { type TimelineRow, timelineRows, withUnread } from '../../../client/room/timeline/timeline-rows.ts'
import type { PresenceEvent, TimelineItem } from '../../../client/session/index.ts'

const NOON = new Date(2026, 10, 20, 12).getTime()
const NEXT_DAY = NOON + 24 * 3_600_000
const self = { by: 'a', username: 'Ann' }

/** `Bo+` joins, `Bo-` leaves, `Bo>Bob` takes another name; in `?>Bob` the former name is unknown. */
function presenceEvents(...events: string[]): PresenceEvent[] {
  const names = new Map<string, string>()
  return events.map((text, at) => {
    const [name = '', next = ''] = text.split(/[+\->]/)
    const by = names.get(name) ?? name
    names.set(next, by)
    const common = { key: `p${at + 1}`, by, after: 0, time: NOON }
    if (!text.includes('>')) {
      return { ...common, kind: text.endsWith('+') ? 'joined' : 'left', username: name }
    }
    return { ...common, kind: 'renamed', username: next, ...(name === '?' ? {} : { formerName: name }) }
  })
}

test.each<[string[], string]>([
  [['Bo+'], 'Bo joined'],
  [['Bo+', 'Cem+', 'Di-'], 'Bo and Cem joined, Di left'],
  [['Di-', 'Bo+'], 'Bo joined, Di left'],
  [['Bo+', 'Cem+', 'Di+'], 'Bo, Cem and Di joined'],
  [['Bo+', 'Cem+', 'Di+', 'Ed+'], 'Bo, Cem and 2 others joined'],
  [['Bo+', 'Cem+', 'Di+', 'Ed+', 'Flo+', 'Cem-'], 'Bo, Di and 2 others joined, Cem came and went'],
  [['Bo-', 'Bo+'], ''],
  [['Bo-', 'Bo+', 'Bo-'], 'Bo left'],
  [['Bo+', 'Bo-', 'Bo+'], 'Bo joined'],
  [['Bo+', 'Bo-', 'Bo+', 'Bo-'], 'Bo came and went'],
  [['Bo>Bob'], 'Bo is now Bob'],
  [['?>Bob'], 'Someone is now Bob'],
  [['Bo>Bob', 'Bob>Bo'], ''],
  [['Bo>Bob', 'Bob>Rob'], 'Bo is now Rob'],
  [['Bo+', 'Bo>Bob'], 'Bob joined'],
  [['Bo>Bob', 'Bob-'], 'Bo left'],
  [['?>Bob', 'Bob-'], 'Bob left'],
  [['Bo>Bob', 'Bob-', 'Bob+'], 'Bo is now Bob'],
  [['A>B', 'C>D', 'E>F'], 'A is now B, C is now D, E is now F'],
  [['A>B', 'C>D', 'E>F', 'G>H'], 'A is now B, C is now D, 2 others changed their names'],
])('[JL6] %j is summarised as “%s”', (events, words) => {
  expect(roomEn.timeline.presence(presenceSummaryOf(presenceEvents(...events)))).toBe(words)
})

const sent = (seq: number, time = NOON, by = 'b'): TimelineItem => ({
  kind: 'message',
  key: `k${seq}`,
  message: { seq, id: `i${seq}`, by, username: by, body: 'x', time, room: 'main' },
  mine: by === self.by,
})
const pending: TimelineItem = { kind: 'pending', key: 'mine', id: 'mine', body: 'x', time: NOON }
const joined = (after: number, by: string, time = NOON): PresenceEvent => ({
  kind: 'joined',
  key: `joined ${by}`,
  by,
  username: by,
  after,
  time,
})
const left = (after: number, by: string): PresenceEvent => ({
  ...joined(after, by),
  key: `left ${by}`,
  kind: 'left',
})

/** `day`, `(words)` of a run, `+key` where someone begins to speak, `key` where they go on. */
function brief(row: TimelineRow): string {
  if (row.kind === 'item') return (row.opens ? '+' : '') + row.key
  return row.kind === 'presence' ? `(${roomEn.timeline.presence(row.summary)})` : row.kind
}

test.each<[string, TimelineItem[], PresenceEvent[], string[]]>([
  ['no messages', [], [joined(0, 'Cem')], []],
  ['before the first message', [sent(1)], [joined(0, 'Cem')], ['day', '(Cem joined)', '+k1']],
  [
    'between two messages of one author',
    [sent(1), sent(2)],
    [joined(1, 'Cem')],
    ['day', '+k1', '(Cem joined)', '+k2'],
  ],
  [
    'one run over a gap in the sequence',
    [sent(1), sent(5)],
    [joined(1, 'Cem'), joined(3, 'Di')],
    ['day', '+k1', '(Cem and Di joined)', '+k5'],
  ],
  [
    'two runs',
    [sent(1), sent(2)],
    [joined(1, 'Cem'), joined(2, 'Di')],
    ['day', '+k1', '(Cem joined)', '+k2', '(Di joined)'],
  ],
  ['after the last message', [sent(1)], [joined(1, 'Cem')], ['day', '+k1', '(Cem joined)']],
  [
    'before a pending message',
    [sent(1), pending],
    [joined(1, 'Cem')],
    ['day', '+k1', '(Cem joined)', '+mine'],
  ],
  [
    'on both sides of midnight',
    [sent(1), sent(2, NEXT_DAY)],
    [joined(1, 'Cem'), joined(1, 'Di', NEXT_DAY)],
    ['day', '+k1', '(Cem joined)', 'day', '(Di joined)', '+k2'],
  ],
  ['nothing changed', [sent(1), sent(2)], [left(1, 'Cem'), joined(1, 'Cem')], ['day', '+k1', 'k2']],
])('[JL7] presence events are shown where they happened: %s', (_, items, events, rows) => {
  expect(withPresenceEvents(timelineRows(items, [], self), events).map(brief)).toEqual(rows)
})

test('[JL8] a run of presence events keeps its key as it grows, even when its first person drops out', () => {
  const rows = timelineRows([sent(1)], [], self)
  const keyOf = (events: PresenceEvent[]) =>
    withPresenceEvents(rows, events).find(({ kind }) => kind === 'presence')?.key
  const [cemLeft, cemBack, di] = [left(1, 'Cem'), joined(1, 'Cem'), joined(1, 'Di')]
  expect(keyOf([cemLeft])).toBe(cemLeft.key)
  expect(keyOf([cemLeft, di])).toBe(cemLeft.key)
  expect(keyOf([cemLeft, di, cemBack])).toBe(cemLeft.key)
})

test('[JL9] the unread line comes between presence events and the message, and never before presence events alone', () => {
  const rows = withPresenceEvents(timelineRows([sent(1), sent(2)], [], self), [joined(1, 'Cem')])
  expect(withUnread(rows, 1, false).map(brief)).toEqual(['day', '+k1', '(Cem joined)', 'unread', '+k2'])
  expect(withUnread(rows, 2, false).map(brief)).toEqual(['day', '+k1', '(Cem joined)', '+k2'])
})
