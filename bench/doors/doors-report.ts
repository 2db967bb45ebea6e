import { commit, machine } from '../host.ts'
import { spreadOf } from '../report/statistics.ts'
import type { Way } from './knocker.ts'

/** How long each try took in ms, by way and door, round by round. */
export type Tries = Record<Way, Record<string, number[]>>

const TITLES: Record<Way, string> = {
  facts: '`GET /api/rooms/:room`',
  upgrade: 'the upgrade, `GET /api/rooms/:room/ws`',
}

/** docs/bench/doors.md. */
export function doorsReport(tries: Tries, rounds: number): string {
  const { cpu, cores, memoryGiB, kernel } = machine()
  const date = new Date().toISOString().slice(0, 10)
  return `# Closed or not there

Written by \`npm run bench:doors\`: whether a stranger can tell by the time an answer takes a room that is closed to them
from one that is not there. The answers are the same byte for byte (\`test/worker/closed-rooms.test.ts\`).

- ${date}, commit \`${commit('src')}\`
- ${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}; the built Worker on workerd, all on this machine
- ${rounds.toLocaleString('en')} rounds, in each of which every door is tried once in each way, in random order, on one connection
- the difference is that of the medians; in parentheses the median of the differences round by round

${(['facts', 'upgrade'] as const).map((way) => `## ${TITLES[way]}\n\n${table(tries[way])}`).join('\n\n')}
`
}

function table(doors: Record<string, number[]>): string {
  const absent = doors['not there'] ?? []
  const rows = Object.entries(doors).map(([door, times]) => {
    const apart = median(times) - median(absent)
    const paired = median(times.map((ms, round) => ms - (absent[round] ?? Number.NaN)))
    const difference = times === absent ? '' : `${signed(apart)} (${signed(paired)})`
    return [door, ms(median(times)), ms(quantile(times, 0.05)), ms(quantile(times, 0.95)), difference]
  })
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const head = ['ms', 'median', '5 % are under', '5 % are over', 'difference to not there']
  return [line(head), '| --- | --: | --: | --: | --: |', ...rows.map(line)].join('\n')
}

function median(values: readonly number[]): number {
  return spreadOf(values)?.median ?? Number.NaN
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN
}

const ms = (value: number) => value.toFixed(2)
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
