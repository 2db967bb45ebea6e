import { commit, machine } from '../host.ts'
import { markdownTable } from '../report/markdown-table.ts'
import { showSpread } from '../report/statistics.ts'
import type { Figures } from './visit.ts'

export interface Weight {
  what: string
  bytes: number
  budget?: number
}

export interface Measured {
  /** The figures of all rounds, by the name of the page. */
  rounds: ReadonlyMap<string, readonly Figures[]>
  weights: readonly Weight[]
  chromium: string
  long: string
  short: string
  /** The number of older messages that were read in the long room. */
  above: number
}

/** The text of docs/bench/page.md. */
export function pageReport({ rounds, weights, chromium, long, short, above }: Measured): string {
  const { cpu, cores, memoryGiB, kernel } = machine()
  const some = (what: string, figure: string, show: (value: number) => string) =>
    showSpread(
      (rounds.get(what) ?? []).map((figures) => figures[figure] ?? Number.NaN),
      show,
    )
  const roomRow = (name: string, figure: string, show: (value: number) => string) => [
    name,
    some(short, figure, show),
    some(long, figure, show),
    some(long, `${figure}Above`, show),
  ]
  const viewRow = (name: string, what: string) => [name, some(what, 'lcp', ms), some(what, 'cls', shift)]
  const date = new Date().toISOString().slice(0, 10)
  return `# The page, measured

Written by \`npm run bench:page\`. [bench/README.md](../../bench/README.md) explains the measurements.

- ${date}, commit \`${commit('src', 'client')}\`
- ${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}; Chromium ${chromium}, the built page, \`wrangler dev\`, all on this machine
- medians of ${rounds.get(long)?.length ?? 0} interleaved rounds, with the minimum and maximum in parentheses

## A room with many messages

A visitor returns to a room, with an empty browser cache.

${markdownTable([
  ['', short, long, `${long}, after ${count(above)} older ones were read`],
  roomRow('ms until the newest message is visible and the visitor can write', 'ready', ms),
  roomRow('JS heap after garbage collection, MB', 'heap', mega),
  roomRow('DOM nodes', 'nodes', count),
])}

## The first view

${markdownTable([
  ['', 'LCP, ms', 'CLS'],
  viewRow('front page, first visit', 'front'),
  viewRow(`room with ${short}, returning visitor`, short),
  viewRow(`room with ${long}, returning visitor`, long),
])}

${markdownTable([
  ['gzipped', 'bytes', 'budget'],
  ...weights.map(({ what, bytes, budget }) => [
    what,
    count(bytes),
    budget === undefined ? '' : count(budget),
  ]),
])}
`
}

const ms = (value: number) => count(value)
const mega = (value: number) => (value / 1e6).toFixed(2)
const shift = (value: number) => value.toFixed(3)
const count = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 0 })
