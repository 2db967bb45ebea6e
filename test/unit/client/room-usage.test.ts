import { expect, test } from 'vitest'
import { moderationEn } from '../../../client/i18n/en/moderation.ts'
import { readUsage } from '../../../client/room/people/room-usage.ts'

test('[UC1] usage is read from the server’s answer', () => {
  const day = { messages: 3, rowsWritten: 4, rowsRead: 5, requests: 1.5, estimatedActiveSeconds: 6 }
  const answer = {
    uncounted: 2,
    storedBytes: 41_000,
    day: { ...day, ofFreePlan: { requests: 0.01, most: 0.25 } },
    month: { ...day, dollars: { rowsWritten: 0.1, total: 0.2 } },
    prices: { date: '2026-11-23', source: '' },
  }
  expect(readUsage(answer)).toEqual({
    messages: 3,
    rowsWritten: 4,
    rowsRead: 5,
    requests: 1.5,
    activeSeconds: 6,
    ofFreePlan: 0.25,
    storedBytes: 41_000,
    monthDollars: 0.2,
    pricesOf: '2026-11-23',
    uncounted: 2,
  })
})

test('[UC2] usage is shown in words', () => {
  const { month, today, part, stored, uncounted } = moderationEn.cost
  const used = { messages: 1, rowsWritten: 1_204, rowsRead: 9, requests: 1.05, activeSeconds: 0.2 }
  expect([month(0.004, '2026-11-23'), month(1.2, '2026-11-23')]).toEqual([
    'This month less than a cent, at the public prices of 2026-11-23, without the allowance of any plan.',
    'This month $1.20, at the public prices of 2026-11-23, without the allowance of any plan.',
  ])
  expect(today(used)).toBe(
    'Today 1 message, 1,204 rows written, 9 read and 2 requests; active for about 1 second.',
  )
  expect([part(0.00214), stored(41_234), uncounted(1), uncounted(3)]).toEqual([
    'That is 0.21% of the free plan’s daily allowance.',
    'It stores 41 kB.',
    'One more change was not counted.',
    '3 more changes were not counted.',
  ])
})
