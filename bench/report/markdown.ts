import type { About, Results } from '../results.ts'
import { goalRows } from './goal-rows.ts'
import { GOALS } from './goals.ts'
import type { Plot } from './plots.ts'
import { tabulate } from './tabulate.ts'

/** Why a goal is not met, by its name. */
export type Whys = Record<string, string>

export interface Beside {
  plots: readonly Plot[]
  whys: Whys
  /** A file about what was tried. */
  tried: string | undefined
}

/** The report as a page. */
export function markdown(results: Results, { plots, whys, tried }: Beside): string {
  const goals = goalRows(results).map((row, at) => [...row, whys[GOALS[at]?.name ?? ''] ?? ''])
  const scenarios = tabulate(results).flatMap(({ scenario, title, head, rows }) => [
    `### ${title}`,
    table([head, ...rows]),
    ...plots.filter((plot) => plot.scenario === scenario).map(({ file, title }) => `![${title}](${file})`),
    ...failures(results, scenario),
  ])
  return `${[
    '# Measured',
    'Written by `npm run bench`; [bench/README.md](../../bench/README.md) says how it measures and what the rows mean.',
    facts(results.about),
    '## Goals',
    'Each goal is a ratio of two figures of the same round; then the median of the rounds, and in parentheses the least and the most.',
    table([['figure', 'goal', 'measured', '', 'why'], ...goals]),
    ...(tried === undefined
      ? []
      : [`What was tried and did not help, and what bounds what: [${tried}](${tried}).`]),
    '## Scenarios',
    ...scenarios,
  ].join('\n\n')}\n`
}

function facts({
  commit,
  date,
  command,
  cpu,
  cores,
  memoryGiB,
  kernel,
  pinned,
  versions,
  settings,
}: About): string {
  return [
    `- \`${command}\` on ${date}, commit \`${commit}\``,
    `- ${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}; ${pinned ? 'server and load generator pinned to a core each' : 'nothing pinned'}`,
    `- ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
    `- Hallway runs its whole path; its limits are raised by the operator’s own settings: ${Object.entries(
      settings,
    )
      .map(([name, value]) => `\`${name}=${value}\``)
      .join(', ')}`,
  ].join('\n')
}

function failures({ runs }: Results, scenario: string): string[] {
  const failed = runs.filter((run) => run.scenario === scenario && run.failed !== undefined)
  return failed.map(
    ({ systemTitle, round, failed = '' }) => `- ${systemTitle}, round ${round + 1}: ${failed.split('\n')[0]}`,
  )
}

function table(rows: readonly string[][]): string {
  const [head = [], ...body] = rows
  const line = (row: readonly string[]) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [
    line(head),
    `|${head.map((_, column) => (column === 0 ? '---' : '--:')).join('|')}|`,
    ...body.map(line),
  ].join('\n')
}
