import type { Results } from '../results.ts'
import { goalRows } from './goal-rows.ts'
import { tabulate } from './tabulate.ts'

/** Prints the tables on a terminal. */
export function printTable(results: Results): void {
  for (const { title, head, rows } of tabulate(results))
    console.log(`\n${title}\n${aligned([head, ...rows])}`)
  console.log(`\nGoals\n${aligned([['', 'goal', 'measured', ''], ...goalRows(results)])}`)
}

/** Aligns the first column to the left, all others to the right. */
export function aligned(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? ''
        return column === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd()
  return rows.map(line).join('\n')
}
