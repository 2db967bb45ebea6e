import type { Run } from '../results.ts'
import { columnsOf } from './columns.ts'
import { short } from './numbers.ts'

/** A measurement as a line, printed as soon as it is done. */
export function oneLine(run: Run): string {
  const head = `${run.scenario.padEnd(12)} ${run.system.padEnd(12)} round ${run.round + 1}`
  if (run.failed !== undefined)
    return `${head}  FAILED: ${run.failed.split('\n').find((line) => line.includes('Error')) ?? run.failed}`
  const figures = columnsOf([run]).map(
    ({ figure, title, times = 1 }) => `${title} ${short((run.figures[figure] ?? Number.NaN) * times)}`,
  )
  const lost = run.figures.lost ? [`LOST ${run.figures.lost}`] : []
  return `${head}  ${[...figures, ...lost].join(', ')}`
}
