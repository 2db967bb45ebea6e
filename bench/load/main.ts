// The load generator. Its own process can have its own core, and its CPU is counted separately. It takes a load as JSON,
// and prints its figures as JSON.
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
