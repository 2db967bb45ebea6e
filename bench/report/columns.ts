import type { Run } from '../results.ts'

/** A column of a scenario's table. */
export interface Column {
  figure: string
  title: string
  /** The factor from the figure to the title's unit. */
  times?: number
}

const SHARES: Column[] = [
  { figure: 'serverShare', title: 'server’s core, %', times: 100 },
  { figure: 'loadShare', title: 'generator’s core, %', times: 100 },
]
const LATENCY: Column[] = [
  { figure: 'p50', title: 'p50 ms' },
  { figure: 'p99', title: 'p99 ms' },
]

/** Every column, in the order of a table. A scenario shows those for which it has figures. */
const COLUMNS: readonly Column[] = [
  { figure: 'deliveriesPerSecond', title: 'deliveries/s' },
  { figure: 'joinsPerSecond', title: 'joins/s' },
  ...LATENCY,
  { figure: 'lateness', title: 'send delay p99 ms' },
  { figure: 'cpuPer100k', title: 'CPU s per 100,000' },
  { figure: 'cpuMsPerJoin', title: 'CPU ms a join' },
  { figure: 'cpuMsPerConnection', title: 'CPU ms, returning people' },
  { figure: 'cpuMsPerStranger', title: 'CPU ms, new people' },
  { figure: 'bytesPerJoin', title: 'bytes a join' },
  { figure: 'bytesPerDelivery', title: 'bytes a delivery' },
  { figure: 'bytesPerConnection', title: 'KiB a connection', times: 1 / 1024 },
  { figure: 'bytesPerConnectionAtFirst', title: 'KiB just after the joins', times: 1 / 1024 },
  { figure: 'idleShare', title: 'CPU while idle, %', times: 100 },
  { figure: 'slept', title: 'slept (1 is yes)' },
  { figure: 'rowsPerMessage', title: 'rows a message, quiet' },
  { figure: 'rowsPerBusyMessage', title: 'rows a message, 100 talking' },
  { figure: 'rowsForPresence', title: 'rows for presence and returning people' },
  { figure: 'residentAtStart', title: 'MiB at the start', times: 1 / 2 ** 20 },
  { figure: 'residentAtEnd', title: 'MiB at the end', times: 1 / 2 ** 20 },
  { figure: 'growth', title: 'growth' },
  ...SHARES,
]

export function columnsOf(runs: readonly Run[]): Column[] {
  return COLUMNS.filter(({ figure }) => runs.some(({ figures }) => figures[figure] !== undefined))
}
