import { signal } from '@preact/signals'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRowWindow } from '../../../client/room/timeline/row-window.ts'
import type { TimelineRow } from '../../../client/room/timeline/timeline-rows.ts'

const rowsFrom = (first: number, last: number): TimelineRow[] =>
  Array.from({ length: last - first + 1 }, (_, n) => ({ kind: 'day', key: `${first + n}`, time: 0 }))
const open = (count: number) => {
  const rows = signal<readonly TimelineRow[]>(rowsFrom(1, count))
  const rowWindow = createRowWindow(rows)
  const ends = () => [rowWindow.shown.value[0]?.key, rowWindow.shown.value.at(-1)?.key]
  return { rows, rowWindow, ends }
}

it('[WN1] at the present the newest rows are drawn, and new ones as they come', () => {
  const { rows, rowWindow, ends } = open(1_000)
  expect([ends(), rowWindow.isCut.value]).toEqual([['851', '1000'], false])
  rows.value = rowsFrom(1, 1_002)
  expect(ends()).toEqual(['853', '1002'])
})

it('[WN8] new rows below remove none above while both fit', () => {
  const { rows, rowWindow, ends } = open(200)
  rowWindow.older()
  expect(ends()).toEqual(['1', '200'])
  rows.value = rowsFrom(1, 201)
  expect(ends()).toEqual(['1', '201'])
  rows.value = rowsFrom(1, 400)
  expect(ends()).toEqual(['1', '400'])
  rows.value = rowsFrom(1, 401)
  expect(ends()[1]).toBe('401')
  rowWindow.toPresent()
  expect(ends()).toEqual(['252', '401'])
})

it('[WN2] scrolling up draws rows above and removes rows far below', () => {
  const { rowWindow, ends } = open(1_000)
  for (let n = 0; n < 3; n += 1) expect(rowWindow.older()).toBe(true)
  expect([ends(), rowWindow.isCut.value]).toEqual([['551', '950'], true])
  while (rowWindow.older());
  expect([ends(), rowWindow.isCut.value]).toEqual([['1', '400'], true])
  rowWindow.newer()
  expect(ends()).toEqual(['101', '500'])
})

it('[WN3] above the present the drawn rows stay, whatever comes below or loads above', () => {
  const { rows, rowWindow, ends } = open(1_000)
  while (rowWindow.older());
  rows.value = rowsFrom(-49, 1_001)
  expect(ends()).toEqual(['1', '400'])
  expect(rowWindow.older()).toBe(true)
  expect(ends()).toEqual(['-49', '350'])
})

it('[WN4] scrolling down draws rows down to the present, and a jump goes there at once', () => {
  const { rows, rowWindow, ends } = open(1_000)
  while (rowWindow.older());
  for (let n = 0; n < 6; n += 1) rowWindow.newer()
  expect([ends(), rowWindow.isCut.value]).toEqual([['601', '1000'], false])
  while (rowWindow.older());
  rowWindow.toPresent()
  expect(ends()).toEqual(['851', '1000'])
  rows.value = rowsFrom(1, 1_001)
  expect(ends()).toEqual(['852', '1001'])
})

it('[WN5] the window moves to a row that is revealed', () => {
  const { rowWindow, ends } = open(1_000)
  rowWindow.reveal(({ key }) => key === '900')
  expect(ends()).toEqual(['851', '1000'])
  rowWindow.reveal(({ key }) => key === '200')
  expect(ends()).toEqual(['125', '274'])
  rowWindow.reveal(({ key }) => key === 'none')
  expect(ends()).toEqual(['125', '274'])
})

it('[WN6] after a snapshot without any of these rows, the window is at the present', () => {
  const { rows, rowWindow, ends } = open(1_000)
  while (rowWindow.older());
  rows.value = rowsFrom(5_001, 5_050)
  expect([ends(), rowWindow.isCut.value]).toEqual([['5001', '5050'], false])
})

it('[WN7] no order of steps draws more than 400 rows or leaves a gap', () => {
  const step = fc.oneof(
    fc.constantFrom('older', 'newer', 'toPresent', 'sent', 'loaded'),
    fc.nat(1_500).map((key) => ({ key: `${key}` })),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let [first, last] = [500, 1_000]
      const rows = signal<readonly TimelineRow[]>(rowsFrom(first, last))
      const rowWindow = createRowWindow(rows)
      for (const one of steps) {
        if (typeof one !== 'string') rowWindow.reveal(({ key }) => key === one.key)
        else if (one !== 'sent' && one !== 'loaded') rowWindow[one]()
        else if (one === 'sent') last += 3
        else first -= 50
        rows.value = rowsFrom(first, last)
        const keys = rowWindow.shown.value.map(({ key }) => Number(key))
        expect(keys.length).toBeLessThanOrEqual(400)
        expect(keys.length).toBeGreaterThan(0)
        expect(keys).toEqual(keys.map((_, n) => (keys[0] ?? 0) + n))
      }
    }),
  )
})
