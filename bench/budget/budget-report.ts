import { PRICES } from '../../src/platform/billing/prices.ts'
import { commit, machine } from '../host.ts'
import { markdownTable } from '../report/markdown-table.ts'

interface Amounts {
  rowsWritten: number
  rowsRead: number
  activeMs: number
}

/** What one way of an attacker used until it was refused, and in `afterMs` of further tries. */
export interface Used extends Amounts {
  name: string
  seconds: number
  isRefused: boolean
  storedBytes: number
  leases: number
  afterwards: Amounts
  afterMs: number
}

export interface OrdinaryDay extends Amounts {
  people: number
  joins: number
  messages: number
  acked: number
  refusals: number
  requests: number
  leases: number
}

const DAY_MS = 24 * 60 * 60 * 1_000
const { meters, gigabytesOfMemory } = PRICES

/** The text of docs/bench/budget.md. */
export function budgetReport(used: readonly Used[], day: OrdinaryDay | undefined): string {
  const { cpu, cores, memoryGiB, kernel } = machine()
  const date = new Date().toISOString().slice(0, 10)
  return `# One network's day

Written by \`npm run bench:budget\`. One address tries to use up the free plan's day, each time in another way, as a new
person at every step, until it is refused 60 times in a row. Then it goes on for five seconds.

- ${date}, commit \`${commit('src')}\`
- ${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}; the built Worker on workerd, all on this machine
- shipped settings, except that one person may send faster, so that the day is over sooner
- 300 rooms and a room of 9,900 changes are there already, made by others
- rows are those of the databases' own cursors and of the quotas; duration is the room's own estimate at 128 MB
- each figure is the share of the free plan's day (of 5 GB for what is stored), for 24 hours: what was used until the
  refusals, and what further tries would use for the rest of the day at the pace of the five seconds
- requests are not in the table: no code can refuse them for free (docs/hosting.md)

${markdownTable([['way', 'refused after', 'rows written', 'rows read', 'duration', 'stored'], ...used.map(rowOf)])}

${day === undefined ? '' : dayText(day)}`
}

function rowOf({ name, seconds, isRefused, storedBytes, afterwards, afterMs, ...amounts }: Used): string[] {
  // What was not refused yet says nothing of the rest of the day.
  const rest = isRefused ? DAY_MS / afterMs : 0
  const whole = (of: keyof Amounts) => amounts[of] + afterwards[of] * rest
  return [
    name,
    isRefused ? `${seconds.toFixed(0)} s` : `not within ${seconds.toFixed(0)} s: used so far`,
    percent(whole('rowsWritten') / meters.rowsWritten.free),
    percent(whole('rowsRead') / meters.rowsRead.free),
    percent(((whole('activeMs') / 1_000) * gigabytesOfMemory) / meters.duration.free),
    percent(storedBytes / meters.stored.free),
  ]
}

function dayText(day: OrdinaryDay): string {
  const { people, joins, messages, acked, refusals, requests, leases } = day
  const share = percent(day.rowsWritten / meters.rowsWritten.free)
  return `## The ordinary day of ${people} people behind one address

${joins} joins, ${messages} messages and ${5 * people} pages of history: ${acked} messages acked, **${refusals} refusals**.
${Math.round(requests)} requests, and ${leases} calls to the network's budget, ${percent(leases / requests)} of them.
Rows written: ${share} of the free plan's day; rows read: ${percent(day.rowsRead / meters.rowsRead.free)}; duration: ${percent(
    ((day.activeMs / 1_000) * gigabytesOfMemory) / meters.duration.free,
  )}.
`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}
