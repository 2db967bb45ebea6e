import type { About, Results, Run } from '../results.ts'
import { goalRows } from './goal-rows.ts'
import { GOALS } from './goals.ts'
import { markdownTable } from './markdown-table.ts'
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
    markdownTable([head, ...rows]),
    ...plots.filter((plot) => plot.scenario === scenario).map(({ file, title }) => `![${title}](${file})`),
    ...failures(results, scenario),
  ])
  return `${[
    '# Measured',
    'Written by `npm run bench`; [bench/README.md](../../bench/README.md) says how it measures and what the rows mean.',
    facts(results.about, results.runs),
    '## Goals',
    'Each goal is a ratio of two figures of the same round; then the median of the rounds, and in parentheses the least and the most.',
    markdownTable([['figure', 'goal', 'measured', '', 'why'], ...goals]),
    ...(tried === undefined
      ? []
      : [`What was tried and did not help, and what bounds what: [${tried}](${tried}).`]),
    '## Scenarios',
    ...scenarios,
  ].join('\n\n')}\n`
}

function facts(
  { commit, date, command, cpu, cores, memoryGiB, kernel, pinned, versions, settings }: About,
  runs: readonly Run[],
): string {
  return [
    `- The last of it by \`${command}\` on ${date}, commit \`${commit}\``,
    ...commits(runs),
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

/** Which scenarios are of which commit. Rounds are of one run, and so of one commit. */
function commits(runs: readonly Run[]): string[] {
  const of = Map.groupBy(runs, ({ commit }) => commit)
  return [...of].map(([commit, its]) => {
    const names = [...new Set(its.map(({ scenario }) => scenario))]
    return `- Of commit \`${commit}\`: ${names.join(', ')}`
  })
}

function failures({ runs }: Results, scenario: string): string[] {
  const failed = runs.filter((run) => run.scenario === scenario && run.failed !== undefined)
  return failed.map(
    ({ systemTitle, round, failed = '' }) => `- ${systemTitle}, round ${round + 1}: ${failed.split('\n')[0]}`,
  )
}
