import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../bench/load/growth.ts'
import { Samples } from '../../../bench/load/samples.ts'
import { short, shortSpread } from '../../../bench/report/numbers.ts'
import { ratioOf, spreadOf } from '../../../bench/report/statistics.ts'
import type { Run } from '../../../bench/results.ts'

const run = (system: string, round: number, speed: number): Run => ({
  commit: 'abc1234',
  scenario: 'talk',
  title: 'Talk',
  system,
  systemTitle: system,
  round,
  figures: { speed },
})

describe('figures', () => {
  it('[BN6] are the median, minimum and maximum of the rounds that did not fail', () => {
    expect(spreadOf([3, 1, Number.NaN, 2])).toEqual({ median: 2, min: 1, max: 3, rounds: 3 })
    expect(spreadOf([4, 1])).toEqual({ median: 2.5, min: 1, max: 4, rounds: 2 })
    expect(spreadOf([Number.NaN])).toBeUndefined()
  })

  it('[BN7] are compared within a round, and only if both were measured', () => {
    const runs = [run('a', 0, 10), run('a', 1, 40), run('a', 2, 9), run('b', 0, 5), run('b', 1, 10)]
    const [of, over] = ['a', 'b'].map((system) => ({ scenario: 'talk', system, figure: 'speed' }))
    if (of === undefined || over === undefined) throw new Error('unreachable')
    expect(ratioOf(runs, of, over)).toEqual({ median: 3, min: 2, max: 4, rounds: 2 })
  })

  it('[BN8] have three significant digits', () => {
    expect([0.012345, 1, 1.239, 12, 12.34, 123.4, 12_345, 1_234_567, Number.NaN].map(short)).toEqual([
      '0.0123',
      '1',
      '1.24',
      '12',
      '12.3',
      '123',
      '12,300',
      '1,230,000',
      '–',
    ])
    expect(shortSpread({ median: 2, min: 1, max: 3, rounds: 3 })).toBe('2 (1–3)')
    expect(shortSpread({ median: 2, min: 2, max: 2, rounds: 1 })).toBe('2')
  })
})

describe('samples', () => {
  it('[BN9] keep the percentiles of the whole time in bounded memory', () => {
    const samples = new Samples(64)
    for (let value = 0; value < 10_000; value++) if (samples.wants()) samples.add(value)
    expect(samples.length).toBeLessThanOrEqual(64)
    expect(samples.percentile(0.5) / 5_000).toBeCloseTo(1, 1)
    expect(samples.percentile(0.99) / 9_900).toBeCloseTo(1, 1)
    expect(new Samples().percentile(0.5)).toBeNaN()
  })
})

describe('growth', () => {
  it('[BN10] compares the last fifth with the second, and ignores single readings', () => {
    const filling = [10, 60, 100, 100, 900, 100, 100, 100, 100, 100]
    expect(growthOf(filling)).toEqual({ residentAtStart: 100, residentAtEnd: 100, growth: 1 })
    const growing = Array.from({ length: 50 }, (_, at) => 100 + at)
    expect(growthOf(growing).growth).toBeCloseTo(145 / 115)
  })
})
