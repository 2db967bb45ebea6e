// The load generator: a process of its own, so that it can have a core of its own and its CPU be counted apart. It
// is started with one load as JSON, and prints what it measured as JSON.
import { DIALECTS } from './dialects.ts'
import type { Assignment, Measured } from './load.ts'
import { Meter } from './meter.ts'
import { run } from './run.ts'

const { host, port, pid, dialect, load }: Assignment = JSON.parse(process.argv[2] ?? '')
const measured: Measured = await run(
  { host, port, pid, dialect: DIALECTS[dialect], meter: new Meter(pid) },
  load,
)
process.stdout.write(JSON.stringify(measured), () => process.exit(0))
