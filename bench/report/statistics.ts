import type { Run } from '../results.ts'

/** The middle of several rounds, with the least and the most of them. */
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

/** The middle of several rounds, with the least and the most in parentheses; empty where there are none. */
export function showSpread(values: readonly number[], show: (value: number) => string): string {
  const spread = spreadOf(values)
  return spread ? `${show(spread.median)} (${show(spread.min)}–${show(spread.max)})` : ''
}

/** Which figure of which scenario, of which system. */
export interface Figure {
  scenario: string
  system: string
  figure: string
}

export function figureOf(runs: readonly Run[], wanted: Figure): Spread | undefined {
  return spreadOf([...byRound(runs, wanted).values()])
}

/**
 * One figure as a multiple of another, round by round: the two were measured within a minute of each other, so what
 * made the machine slow for a while made both of them slow.
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
