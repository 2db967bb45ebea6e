import type { About, Results, Run } from '../results.ts'
import { goalRows } from './goal-rows.ts'
import { GOALS } from './goals.ts'
import { markdownTable } from './markdown-table.ts'
import type { Plot } from './plots.ts'
import { tabulate } from './tabulate.ts'

/** The reasons why goals are not met, by the goals' names. */
export type Whys = Record<string, string>

export interface Beside {
  plots: readonly Plot[]
  whys: Whys
  /** The file about attempts that did not help. */
  tried: string | undefined
}

/** The report as a page. */
export function markdown(results: Results, { plots, whys, tried }: Beside): string {
  const goals = goalRows(results).map((row, at) => [...row, whys[GOALS[at]?.name ?? ''] ?? ''])
  const scenarios = tabulate(results).flatMap(({ scenario, title, head, rows }) => [
    `### ${title}`,
    markdownTable([head, ...rows]),
    ...plots.filter((plot) => plot.scenario === scenario).map(({ file, title }) => `![${title}](${file})`),
    ...failures(results, scenario),
  ])
  return `${[
    '# Bench results',
    'Written by `npm run bench`. [bench/README.md](../../bench/README.md) explains the measurements and the rows.',
    facts(results.about, results.runs),
    '## Goals',
    'A goal with × is a ratio of two figures of the same round. Measured is the median of the rounds, with the minimum and maximum in parentheses.',
    markdownTable([['figure', 'goal', 'measured', '', 'why'], ...goals]),
    ...(tried === undefined
      ? []
      : [`Attempts that did not help, and the present limits: [${tried}](${tried}).`]),
    '## Scenarios',
    ...scenarios,
  ].join('\n\n')}\n`
}

function facts(
  { commit, date, command, cpu, cores, memoryGiB, kernel, pinned, versions, settings }: About,
  runs: readonly Run[],
): string {
  return [
    `- Last run: \`${command}\` on ${date}, commit \`${commit}\``,
    ...commits(runs),
    `- ${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}; ${pinned ? 'server and load generator each pinned to a core' : 'no process pinned to a core'}`,
    `- ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
    `- Hallway runs its full path, with limits raised by the operator’s settings: ${Object.entries(settings)
      .map(([name, value]) => `\`${name}=${value}\``)
      .join(', ')}`,
  ].join('\n')
}

/** The scenarios measured at each commit. All rounds of a scenario belong to a run, and so to a commit. */
function commits(runs: readonly Run[]): string[] {
  const of = Map.groupBy(runs, ({ commit }) => commit)
  return [...of].map(([commit, its]) => {
    const names = [...new Set(its.map(({ scenario }) => scenario))]
    return `- Measured at commit \`${commit}\`: ${names.join(', ')}`
  })
}

function failures({ runs }: Results, scenario: string): string[] {
  const failed = runs.filter((run) => run.scenario === scenario && run.failed !== undefined)
  return failed.map(
    ({ systemTitle, round, failed = '' }) => `- ${systemTitle}, round ${round + 1}: ${failed.split('\n')[0]}`,
  )
}
