import { commit, machine } from '../host.ts'
import { markdownTable } from '../report/markdown-table.ts'
import { showSpread } from '../report/statistics.ts'
import type { Tried } from './attacks.ts'
import type { FrameCost } from './frame-costs.ts'
import type { Phase } from './honest-people.ts'

/** `took` is in seconds; `busy` is the share of its core that the server used, from 0 to 1. */
export type Measured = Phase & { took: number; busy: number }

export interface Round {
  kind: string
  quiet: Measured
  attacked: Measured
  tried: Tried
}

export interface Floods {
  rounds: readonly Round[]
  /** Of the server's process: at the start, and after each attack. */
  memory: readonly number[]
  seconds: number
  /** For each event, of the frame that takes longest before anything is charged. */
  costs: readonly FrameCost[]
}

const TITLES: Readonly<Record<string, string>> = {
  flood: 'one person, 1,000 frames a second',
  crowd: '200 sockets from one address, each sending as much as it may',
  joins: '10,000 people from one address who join and leave, 100 at a time, as fast as the server lets them',
  worst:
    'the frames that take longest to receive, from one person who has joined and one who has not, 9 a second each',
  rush: '10,000 people from one address who join and leave, 500 a second, successful or not',
}

/** The text of docs/bench/flood.md. */
export function floodReport({ rounds, memory, seconds, costs }: Floods): string {
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

Written by \`npm run bench:flood\`. Twenty people at separate addresses send 40 messages a second to a room: first for
${seconds} s undisturbed, then while one address attacks the room. The limits are the default ones.

- ${new Date().toISOString().slice(0, 10)}, commit \`${commit('src')}\`
- ${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}; server on one core, people on the other, and the attacker in that core’s idle time
- latency in ms from the moment a message was due until each other person had it; medians of ${rounds.length / kinds.length} rounds, with the minimum and maximum

${markdownTable([['attack', 'duration, s', 'p99 undisturbed', 'p99 attacked', 'ratio', 'server busy, undisturbed', 'server busy, attacked', 'messages people missed', 'people disconnected'], ...rows])}

The present limits: [tried.md](tried.md).

Memory of the server: ${memory.map(mega).join(', ')} MiB, at the start and after each attack.

## The frames that take longest

What each event's worst frame of 32 KiB costs before its sender is charged: finding its size, parsing it and checking its
shape, here in Node, the median of 21 times. \`tools/fuzz/worst-frames.ts\` makes them from the schemas.

${markdownTable([['event', 'ms of CPU', 'what takes longest'], ...costs.map(({ event, ms, what }) => [event, ms.toFixed(2), what])])}

## Outcome of the attacks

${markdownTable([['attack', 'attempts and their outcomes'], ...tried])}
`
}
