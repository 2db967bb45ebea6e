import { expect, test } from 'vitest'
import { roomEn } from '../../../client/i18n/en/room.ts'
import { withPresenceEvents } from '../../../client/room/timeline/presence-rows.ts'
import { presenceSummaryOf } from '../../../client/room/timeline/presence-summary.ts'
import { type TimelineRow, timelineRows, withUnread } from '../../../client/room/timeline/timeline-rows.ts'
import type { PresenceEvent, TimelineItem } from '../../../client/session/index.ts'

const NOON = new Date(2026, 10, 20, 12).getTime()
const NEXT_DAY = NOON + 24 * 3_600_000
const self = { by: 'a', username: 'Ann' }

/** `Bo+` joins, `Bo-` leaves, `Bo>Bob` takes another name, `?>Bob` of whom that was not known. */
function passages(...told: string[]): PresenceEvent[] {
  const names = new Map<string, string>()
  return told.map((text, at) => {
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
])('[JL6] %j is told as “%s”', (told, words) => {
  expect(roomEn.timeline.presence(presenceSummaryOf(passages(...told)))).toBe(words)
})

const said = (seq: number, time = NOON, by = 'b'): TimelineItem => ({
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
  return row.kind === 'passages' ? `(${roomEn.timeline.presence(row.passed)})` : row.kind
}

test.each<[string, TimelineItem[], PresenceEvent[], string[]]>([
  ['nothing was said', [], [joined(0, 'Cem')], []],
  ['before the first', [said(1)], [joined(0, 'Cem')], ['day', '(Cem joined)', '+k1']],
  ['within one breath', [said(1), said(2)], [joined(1, 'Cem')], ['day', '+k1', '(Cem joined)', '+k2']],
  [
    'one run over what is no message',
    [said(1), said(5)],
    [joined(1, 'Cem'), joined(3, 'Di')],
    ['day', '+k1', '(Cem and Di joined)', '+k5'],
  ],
  [
    'two runs',
    [said(1), said(2)],
    [joined(1, 'Cem'), joined(2, 'Di')],
    ['day', '+k1', '(Cem joined)', '+k2', '(Di joined)'],
  ],
  ['after all', [said(1)], [joined(1, 'Cem')], ['day', '+k1', '(Cem joined)']],
  [
    'before what is on its way',
    [said(1), pending],
    [joined(1, 'Cem')],
    ['day', '+k1', '(Cem joined)', '+mine'],
  ],
  [
    'on both sides of midnight',
    [said(1), said(2, NEXT_DAY)],
    [joined(1, 'Cem'), joined(1, 'Di', NEXT_DAY)],
    ['day', '+k1', '(Cem joined)', 'day', '(Di joined)', '+k2'],
  ],
  ['nothing to tell', [said(1), said(2)], [left(1, 'Cem'), joined(1, 'Cem')], ['day', '+k1', 'k2']],
])('[JL7] joins and leaves stand where they happened: %s', (_, items, told, rows) => {
  expect(withPresenceEvents(timelineRows(items, [], self), told).map(brief)).toEqual(rows)
})

test('[JL8] a run keeps its key while it grows, also where its first one is told of no more', () => {
  const rows = timelineRows([said(1)], [], self)
  const keyOf = (told: PresenceEvent[]) =>
    withPresenceEvents(rows, told).find(({ kind }) => kind === 'passages')?.key
  const [cemLeft, cemBack, di] = [left(1, 'Cem'), joined(1, 'Cem'), joined(1, 'Di')]
  expect(keyOf([cemLeft])).toBe(cemLeft.key)
  expect(keyOf([cemLeft, di])).toBe(cemLeft.key)
  expect(keyOf([cemLeft, di, cemBack])).toBe(cemLeft.key)
})

test('[JL9] the line of what is unread stands between them and the message, and counts none of them', () => {
  const rows = withPresenceEvents(timelineRows([said(1), said(2)], [], self), [joined(1, 'Cem')])
  expect(withUnread(rows, 1, false).map(brief)).toEqual(['day', '+k1', '(Cem joined)', 'unread', '+k2'])
  expect(withUnread(rows, 2, false).map(brief)).toEqual(['day', '+k1', '(Cem joined)', '+k2'])
})
