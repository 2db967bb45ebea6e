import { expect, it } from 'vitest'
import { addToUsage, emptyCounts, newUsage, saveUsage } from '../../src/platform/billing/usage.ts'

it('[US12] counts that could not be saved are saved the next time', () => {
  const usage = newUsage(1_000, 0)
  addToUsage(usage, { ...emptyCounts(), messages: 3 }, 2_000)
  const before = structuredClone(usage)
  const sql = {
    run: () => {
      throw new Error('full')
    },
    transaction: <T>(work: () => T): T => work(),
  }
  expect(() => saveUsage(sql, usage, 3_000)).toThrow('full')
  expect(usage).toEqual(before)
  expect(saveUsage({ ...sql, run: () => [] }, usage, 3_000).messages).toBe(3)
  expect(usage).toMatchObject({
    savedAt: 3_000,
    unsaved: { from: 0, counts: emptyCounts() },
    day: { counts: { messages: 3 } },
  })
})
