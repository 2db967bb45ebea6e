import { commit, machine } from '../host.ts'
import { spreadOf } from '../report/statistics.ts'
import type { Way } from './knocker.ts'

/** The milliseconds of each try, by way, door and round. */
export type Tries = Record<Way, Record<string, number[]>>

const TITLES: Record<Way, string> = {
  facts: '`GET /api/rooms/:room`',
  upgrade: 'The upgrade, `GET /api/rooms/:room/ws`',
}

/** The text of docs/bench/doors.md. */
export function doorsReport(tries: Tries, rounds: number): string {
  const { cpu, cores, memoryGiB, kernel } = machine()
  const date = new Date().toISOString().slice(0, 10)
  return `# Closed or absent

Written by \`npm run bench:doors\`. It measures whether response times tell a stranger if a closed room exists. The
responses are the same, byte for byte (\`test/worker/closed-rooms.test.ts\`).

- ${date}, commit \`${commit('src')}\`
- ${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}; the built Worker on workerd, all on this machine
- ${rounds.toLocaleString('en')} rounds: each tries every door once in each way, in random order, on one connection
- the difference is between the medians; in parentheses, the median of the differences within a round

${(['facts', 'upgrade'] as const).map((way) => `## ${TITLES[way]}\n\n${table(tries[way])}`).join('\n\n')}
`
}

function table(doors: Record<string, number[]>): string {
  const absent = doors.absent ?? []
  const rows = Object.entries(doors).map(([door, times]) => {
    const apart = median(times) - median(absent)
    const paired = median(times.map((ms, round) => ms - (absent[round] ?? Number.NaN)))
    const difference = times === absent ? '' : `${signed(apart)} (${signed(paired)})`
    return [door, ms(median(times)), ms(quantile(times, 0.05)), ms(quantile(times, 0.95)), difference]
  })
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const head = ['ms', 'median', '5 % are under', '5 % are over', 'difference from absent']
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
