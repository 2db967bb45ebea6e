import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { accountMonth, publicPrice, quantitiesOf, shareOfFreePlan } from '../../src/platform/billing/bill.ts'
import { emptyCounts } from '../../src/platform/billing/usage.ts'
import { withTables } from '../../tools/cost/cost.mjs'
import { COUNTS_OF } from '../../tools/cost/forecast.ts'
import { root } from '../../tools/install.mjs'
import { TestRoom } from './room/test-room.ts'

const NOTHING = quantitiesOf(emptyCounts(), 0)

it('[CO1] every figure in the tables of docs/cost.md comes from the forecast', () => {
  const document = readFileSync(`${root}docs/cost.md`, 'utf8')
  expect(withTables(document)).toBe(document)
  const emptied = document.replaceAll(/(<!-- \w+ -->)\n[\s\S]*?<!-- end -->/g, '$1\n<!-- end -->')
  expect(emptied).not.toMatch(/^\|/m)
  expect(withTables(emptied)).toBe(document)
})

it('[CO2] counts become billed quantities: 20 frames count as one request, and each active second as 128 MB', () => {
  const counts = {
    ...emptyCounts(),
    frames: 40,
    calls: 3,
    errands: 1,
    activeMs: 2_000,
    rowsRead: 5,
    rowsWritten: 7,
  }
  expect(quantitiesOf(counts, 9)).toEqual({
    requests: 2 + 3 + 1,
    duration: 0.256,
    rowsRead: 5,
    rowsWritten: 7,
    stored: 9,
    workerRequests: 3,
  })
})

it.each([
  ['requests', 1e6, 0.15, 1e6],
  ['duration', 1e6, 12.5, 400_000],
  ['rowsRead', 1e9, 1, 25e9],
  ['rowsWritten', 1e6, 1, 50e6],
  ['stored', 5e9, 1, 5e9],
  ['workerRequests', 1e6, 0.3, 10e6],
] as const)(
  '[CO3] %s: %d cost $%d, and up to %d a month cost nothing beyond the fee',
  (meter, some, dollars, included) => {
    expect(publicPrice({ ...NOTHING, [meter]: some })).toMatchObject({ [meter]: dollars, total: dollars })
    expect(accountMonth({ ...NOTHING, [meter]: included }).total).toBe(5)
    expect(accountMonth({ ...NOTHING, [meter]: included + some }).total).toBeCloseTo(5 + dollars, 9)
  },
)

it('[CO4] the scarcest meter decides how much of the free plan is used', () => {
  const day = shareOfFreePlan({
    ...NOTHING,
    requests: 50_000,
    rowsWritten: 80_000,
    rowsRead: 1e6,
    duration: 1_300,
  })
  expect(day).toMatchObject({
    requests: 0.5,
    rowsWritten: 0.8,
    rowsRead: 0.2,
    duration: 0.1,
    stored: 0,
    most: 0.8,
  })
})

it('[CO5] a watcher keeps the room awake only for changes that follow each other within a second', () => {
  const room = new TestRoom()
  const ann = room.enter('ann')
  room.enter('ann', { watch: true })
  const say = (body: string) => room.send(ann, 'updateChat', { body })
  const awake = () => Math.max(0, (room.core.nextDue() ?? 0) - room.now)
  say('alone')
  expect(awake()).toBe(0)
  room.now += 60_000
  say('alone again')
  expect(awake()).toBe(0)
  say('at once')
  expect(awake()).toBe(COUNTS_OF.watchedBatches.activeMs)
})
