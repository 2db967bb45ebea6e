import type { Results, Run } from '../results.ts'
import { columnsOf } from './columns.ts'
import { shortSpread } from './numbers.ts'
import { figureOf } from './statistics.ts'

/** The table of a scenario, with a row for each system. */
export interface Table {
  scenario: string
  title: string
  head: string[]
  rows: string[][]
}

export function tabulate({ runs }: Results): Table[] {
  return [...groupBy(runs, ({ scenario }) => scenario)].map(([scenario, all]) => {
    const columns = columnsOf(all)
    const rows = [...groupBy(all, ({ system }) => system)].map(([system, own]) => [
      titleOf(own),
      ...columns.map(({ figure, times = 1 }) => {
        const spread = figureOf(own, { scenario, system, figure })
        if (spread === undefined) return '–'
        const { median, min, max, rounds } = spread
        return shortSpread({ median: median * times, min: min * times, max: max * times, rounds })
      }),
    ])
    return {
      scenario,
      title: all[0]?.title ?? scenario,
      head: ['', ...columns.map(({ title }) => title)],
      rows,
    }
  })
}

function titleOf(runs: readonly Run[]): string {
  const title = runs[0]?.systemTitle ?? ''
  const failed = runs.filter((run) => run.failed !== undefined).length
  const lost = runs.some(({ figures }) => (figures.lost ?? 0) !== 0)
  return `${title}${failed > 0 ? ` [${failed} of ${runs.length} rounds failed]` : ''}${lost ? ' [not all arrived]' : ''}`
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  return Map.groupBy(items, keyOf)
}
