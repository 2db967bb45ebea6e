import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { drawHistory } from './draw-history.ts'
import { PINNED } from './pinned.ts'
import { replay } from './replay.ts'
import { runHistory } from './run-history.ts'
import { runMany } from './run-many.ts'

const HISTORIES = process.env.LONG === '1' ? 2_000 : 500

describe('a room, its people, and a bad network', () => {
  it(`[SIM1] ${HISTORIES} histories break no rule of delivery`, async () => {
    const threads = Math.min(2, availableParallelism())
    const { broken, histories, counts } = await runMany({ from: 1, runs: HISTORIES, threads })
    expect(broken.map(({ seed, message }) => `npm run simulate -- --seed ${seed}: ${message}`)).toEqual([])
    expect(histories).toBe(HISTORIES)
    for (const [name, count] of Object.entries(counts)) {
      expect([name, count > HISTORIES / 20]).toEqual([name, true])
    }
  })

  it.each(PINNED)('[SIM3] a history that once broke a rule breaks none: $found', async ({ history }) => {
    await runHistory(history)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('[SIM2] seed %d replays with the same frames', async (seed) => {
    const [once, again] = [await replay(drawHistory(seed)), await replay(drawHistory(seed))]
    expect(again.lines.length).toBeGreaterThan(100)
    expect(hash(again.lines)).toBe(hash(once.lines))
    const other = await replay(drawHistory(seed + 1_000))
    expect(hash(other.lines)).not.toBe(hash(once.lines))
  })
})

function hash(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}
