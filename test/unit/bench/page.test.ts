import { expect, test } from 'vitest'
import { pageReport } from '../../../bench/page/page-report.ts'

test('[BN17] the report of the page has the number of messages read, and the median of an even number of rounds', () => {
  const round = (ready: number, heap: number) => ({ ready, heap, nodes: 7, lcp: 1, cls: 0 })
  const page = pageReport({
    rounds: new Map([
      ['front', [{ lcp: 800, cls: 0 }]],
      ['100 messages', [round(1_000, 2e6)]],
      ['500 messages', [40, 20].map((ready) => ({ ...round(ready, 3e6), heapAbove: 4e6, nodesAbove: 9 }))],
    ]),
    weights: [{ what: 'js', bytes: 12_345, budget: 30_000 }],
    chromium: '1',
    long: '500 messages',
    short: '100 messages',
    above: 400,
  })
  expect(page).toContain('| 500 messages, after 400 older ones were read |')
  expect(page).toContain('can write | 1,000 (1,000–1,000) | 30 (20–40) |  |')
  expect(page).toContain('MB | 2.00 (2.00–2.00) | 3.00 (3.00–3.00) | 4.00 (4.00–4.00) |')
  expect(page).toContain('| js | 12,345 | 30,000 |')
})
