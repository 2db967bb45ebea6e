import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { drawHistory } from './draw-history.ts'
import { replay } from './replay.ts'
import { type RunSummary, runMany } from './run-many.ts'
import { shrinkHistory } from './shrink-history.ts'

const USAGE = `npm run simulate                               2,000 histories
npm run simulate -- --runs 100000 --seed 1     100,000, from seed 1
npm run simulate -- --seed 7 --trace           one, with every frame and action
npm run simulate -- --seed 7 --shrink          one that breaks a rule, with as few actions as possible`

/** How much of a failed history is printed. */
const LAST_LINES = 40
const LINE_LENGTH = 400

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    threads: { type: 'string' },
    trace: { type: 'boolean' },
    shrink: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
const seed = Number(values.seed ?? 1)

if (values.help) console.log(USAGE)
else if (values.trace) await show()
else if (values.shrink) await shrinkOne()
else await many()

async function show(): Promise<void> {
  const { lines, fault } = await replay(drawHistory(seed))
  for (const line of lines) console.log(line)
  if (fault) fail(fault.message)
}

async function shrinkOne(): Promise<void> {
  const history = await shrinkHistory(drawHistory(seed))
  const { fault } = await replay(history)
  if (fault === undefined) return console.log(`Seed ${seed} breaks no rule`)
  console.log(JSON.stringify(history, null, 1))
  fail(fault.message)
}

async function many(): Promise<void> {
  const runs = Number(values.runs ?? (values.seed === undefined ? 2_000 : 1))
  const threads = Number(values.threads ?? availableParallelism())
  const began = performance.now()
  let printedAt = began
  const progress = (summary: RunSummary): void => {
    if (performance.now() - printedAt < 10_000) return
    printedAt = performance.now()
    console.log(`${summary.histories} of ${runs}, ${seconds(began)} s`)
  }
  const summary = await runMany({ from: seed, runs, threads, progress })
  console.log(
    `${summary.histories} histories from seed ${seed} in ${seconds(began)} s, on ${threads} threads`,
  )
  console.log(
    Object.entries(summary.counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', '),
  )
  for (const { seed, message } of summary.broken.slice(1)) console.log(`seed ${seed}: ${message}`)
  const [first] = summary.broken
  if (first) await explain(first.seed)
}

async function explain(broken: number): Promise<void> {
  const { lines, fault } = await replay(drawHistory(broken))
  for (const line of lines.slice(-LAST_LINES)) console.log(line.slice(0, LINE_LENGTH))
  fail(`${fault?.message ?? 'it failed before, but not when it ran again'}
seed ${broken}: npm run simulate -- --seed ${broken} --trace`)
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1_000).toFixed(1)
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}
