import { commit, machine } from '../host.ts'
import { markdownTable } from '../report/markdown-table.ts'
import { showSpread } from '../report/statistics.ts'

/** Scores up to 100, by category. */
export type Scores = Record<string, number>

interface Looks {
  /** All rounds of each page. */
  rounds: ReadonlyMap<string, readonly Scores[]>
  /** What costs points, except in performance. */
  reasons: ReadonlySet<string>
  chromium: string
}

/** The text of docs/bench/lighthouse.md. */
export function lighthouseReport({ rounds, reasons, chromium }: Looks): string {
  const { cpu, cores, memoryGiB, kernel } = machine()
  const whole = (score: number) => score.toFixed(0)
  const some = (scores: readonly Scores[], category: string) =>
    showSpread(
      scores.map((score) => score[category] ?? Number.NaN),
      whole,
    )
  const rows = [...rounds].map(([name, scores]) => [
    name,
    ...['performance', 'accessibility', 'best-practices', 'seo'].map((category) => some(scores, category)),
  ])
  const notes = [...reasons].map((reason) => `- ${reason}`).join('\n')
  return `# Lighthouse

Written by \`npm run lighthouse\`: Lighthouse’s default, a phone on a slow network.

- ${new Date().toISOString().slice(0, 10)}, commit \`${commit('src', 'client')}\`
- ${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}; ${chromium}, the built page, \`wrangler dev\`, all on this machine
- medians of ${[...rounds.values()][0]?.length ?? 0} rounds, with the minimum and maximum in parentheses

${markdownTable([['', 'performance', 'accessibility', 'best practices', 'SEO'], ...rows])}

What costs points, except in performance:

${notes || '- nothing'}

Rooms ask not to be indexed: everyone with the link may join, so a search engine should not list it.
`
}
