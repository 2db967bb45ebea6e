import type { Run } from '../results.ts'

/** The median of several rounds, with their minimum and maximum. */
export interface Spread {
  median: number
  min: number
  max: number
  rounds: number
}

export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b)
  const [min, max] = [sorted[0], sorted.at(-1)]
  if (min === undefined || max === undefined) return undefined
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? max
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? min) + upper) / 2
  return { median, min, max, rounds: sorted.length }
}

/** The median, with minimum and maximum in parentheses; empty without values. */
export function showSpread(values: readonly number[], show: (value: number) => string): string {
  const spread = spreadOf(values)
  return spread ? `${show(spread.median)} (${show(spread.min)}–${show(spread.max)})` : ''
}

/** Names a figure of a system in a scenario. */
export interface Figure {
  scenario: string
  system: string
  figure: string
}

export function figureOf(runs: readonly Run[], wanted: Figure): Spread | undefined {
  return spreadOf([...byRound(runs, wanted).values()])
}

/**
 * The ratio of two figures, round by round. Both were measured within a minute of each other, so a machine that was slow
 * for a while slowed both.
 */
export function ratioOf(runs: readonly Run[], of: Figure, over: Figure): Spread | undefined {
  const divisors = byRound(runs, over)
  const ratios = [...byRound(runs, of)].map(([round, value]) => value / (divisors.get(round) ?? Number.NaN))
  return spreadOf(ratios)
}

function byRound(runs: readonly Run[], { scenario, system, figure }: Figure): Map<number, number> {
  const found = runs.filter((run) => run.scenario === scenario && run.system === system)
  return new Map(found.map(({ round, figures }) => [round, figures[figure] ?? Number.NaN]))
}
