import type { Results } from '../results.ts'
import { type Goal, judge } from './goals.ts'
import { short, shortSpread } from './numbers.ts'

/** A row for each goal: its title, its bound, the measured spread, and whether it is met. */
export function goalRows(results: Results): string[][] {
  return judge(results).map(({ goal, measured, isMet }) => [
    goal.title,
    boundOf(goal),
    shortSpread(measured),
    isMet === undefined ? 'not measured' : isMet ? 'met' : 'not met',
  ])
}

function boundOf({ bound, over }: Goal): string {
  const of = over ? ` × ${over.title}` : ''
  if ('atLeast' in bound) return `≥ ${short(bound.atLeast)}${of}`
  if ('atMost' in bound) return `≤ ${short(bound.atMost)}${of}`
  return `${short(bound.within[0])} to ${short(bound.within[1])}${of}`
}
