import { commit, machine } from '../host.ts'
import { markdownTable } from '../report/markdown-table.ts'
import { showSpread } from '../report/statistics.ts'
import type { Tried } from './attacks.ts'
import type { Phase } from './honest-people.ts'

/** It took so many seconds; `busy` is the server's part of its core, 1 for all of it. */
export type Measured = Phase & { took: number; busy: number }

export interface Round {
  kind: string
  quiet: Measured
  attacked: Measured
  tried: Tried
}

export interface Floods {
  rounds: readonly Round[]
  /** Of the server's process: at first, and after each. */
  memory: readonly number[]
  seconds: number
}

const TITLES: Readonly<Record<string, string>> = {
  flood: 'one person, 1,000 frames a second',
  crowd: '200 sockets from one address, each saying what it can',
  joins: '10,000 people from one address who come and go, 100 at a time, as fast as they are let',
  rush: '10,000 people from one address who come and go, 500 a second whatever becomes of them',
}

/** docs/bench/flood.md. */
export function floodReport({ rounds, memory, seconds }: Floods): string {
  const { cpu, cores, memoryGiB, kernel } = machine()
  const kinds = [...new Set(rounds.map(({ kind }) => kind))]
  const rows = kinds.map((kind) => {
    const of = rounds.filter((round) => round.kind === kind)
    const show = (figure: (round: Round) => number, digits = 1) =>
      showSpread(of.map(figure), (value) => value.toFixed(digits))
    return [
      TITLES[kind] ?? kind,
      show(({ attacked }) => attacked.took, 0),
      show(({ quiet }) => quiet.p99),
      show(({ attacked }) => attacked.p99),
      show(({ quiet, attacked }) => attacked.p99 / quiet.p99, 2),
      `${show(({ quiet }) => quiet.busy * 100, 0)} %`,
      `${show(({ attacked }) => attacked.busy * 100, 0)} %`,
      String(of.reduce((sum, { attacked }) => sum + attacked.lost, 0)),
      String(of.reduce((sum, { attacked }) => sum + attacked.closed, 0)),
    ]
  })
  const tried = rounds.map(({ kind, tried }) => [TITLES[kind] ?? kind, JSON.stringify(tried)])
  const mega = (bytes: number) => (bytes / 2 ** 20).toFixed(0)
  return `# Floods, measured

Written by \`npm run bench:flood\`. Twenty people at addresses of their own say 40 things a second in a room, for ${seconds} s
left alone and then while somebody at one address attacks it, with the limits as shipped.

- ${new Date().toISOString().slice(0, 10)}, commit \`${commit('src')}\`
- ${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}; server on one core, people on the other, and the attacker on what they leave of it
- latency in ms from the moment a message was due to when each other person had it; medians of ${rounds.length / kinds.length} rounds, the least and the most

${markdownTable([['attack', 'it took, s', 'p99 left alone', 'p99 attacked', 'ratio', 'server busy, alone', 'server busy, attacked', 'messages people missed', 'people who were closed'], ...rows])}

What bounds it: [tried.md](tried.md).

Memory of the server: ${memory.map(mega).join(', ')} MiB, at first and after each.

## What the attackers got

${markdownTable([['attack', 'tried, and what became of it'], ...tried])}
`
}
