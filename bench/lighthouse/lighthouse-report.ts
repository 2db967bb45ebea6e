import { commit, machine } from '../host.ts'
import { markdownTable } from '../report/markdown-table.ts'
import { showSpread } from '../report/statistics.ts'

/** By category, of 100. */
export type Scores = Record<string, number>

interface Looks {
  /** All rounds of each page. */
  rounds: ReadonlyMap<string, readonly Scores[]>
  /** What is not right, beside how soon things are there. */
  reasons: ReadonlySet<string>
  chromium: string
}

/** docs/bench/lighthouse.md. */
export function lighthouseReport({ rounds, reasons, chromium }: Looks): string {
  const { cpu, cores, memoryGiB, kernel } = machine()
  const whole = (score: number) => score.toFixed(0)
  const some = (scores: readonly Scores[], category: string) =>
    showSpread(
      scores.map((one) => one[category] ?? Number.NaN),
      whole,
    )
  const rows = [...rounds].map(([name, scores]) => [
    name,
    ...['performance', 'accessibility', 'best-practices', 'seo'].map((category) => some(scores, category)),
  ])
  const notes = [...reasons].map((reason) => `- ${reason}`).join('\n')
  return `# Lighthouse

Written by \`npm run lighthouse\`: a phone on a slow network, as Lighthouse has it unless told otherwise.

- ${new Date().toISOString().slice(0, 10)}, commit \`${commit('src', 'client')}\`
- ${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}; ${chromium}, the built page, \`wrangler dev\`, all on this machine
- medians of ${[...rounds.values()][0]?.length ?? 0} rounds; the least and the most in parentheses

${markdownTable([['', 'performance', 'accessibility', 'best practices', 'SEO'], ...rows])}

What costs points beside performance:

${notes || '- nothing'}

Rooms ask not to be indexed: whoever has the link is let in, and a search engine should not have it.
`
}
