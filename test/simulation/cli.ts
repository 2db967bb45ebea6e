import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { drawHistory } from './draw-history.ts'
import { type Played, playMany } from './run-many.ts'
import { replay } from './replay.ts'
import { shrinkHistory } from './shrink-history.ts'

const USAGE = `npm run simulate                               2,000 histories
npm run simulate -- --runs 100000 --seed 1     so many, from this seed on
npm run simulate -- --seed 7 --trace           one, line by line
npm run simulate -- --seed 7 --shrink          what is left of a broken one when it is cut down`

/** So much of a record says what went wrong. */
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
else if (values.shrink) await cutDown()
else await many()

async function show(): Promise<void> {
  const { lines, fault } = await replay(drawHistory(seed))
  for (const line of lines) console.log(line)
  if (fault) fail(fault.message)
}

async function cutDown(): Promise<void> {
  const history = await shrinkHistory(drawHistory(seed))
  const { fault } = await replay(history)
  if (fault === undefined) return console.log(`Nothing is broken in ${seed}`)
  console.log(JSON.stringify(history, null, 1))
  fail(fault.message)
}

async function many(): Promise<void> {
  const runs = Number(values.runs ?? (values.seed === undefined ? 2_000 : 1))
  const threads = Number(values.threads ?? availableParallelism())
  const began = performance.now()
  let told = began
  const progress = (sofar: Played): void => {
    if (performance.now() - told < 10_000) return
    told = performance.now()
    console.log(`${sofar.histories} of ${runs}, ${seconds(began)} s`)
  }
  const played = await playMany({ from: seed, runs, threads, progress })
  console.log(`${played.histories} histories from seed ${seed} in ${seconds(began)} s, on ${threads} threads`)
  console.log(
    Object.entries(played.counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', '),
  )
  for (const { seed, message } of played.broken.slice(1)) console.log(`seed ${seed}: ${message}`)
  const [first] = played.broken
  if (first) await explain(first.seed)
}

async function explain(broken: number): Promise<void> {
  const { lines, fault } = await replay(drawHistory(broken))
  for (const line of lines.slice(-LAST_LINES)) console.log(line.slice(0, LINE_LENGTH))
  fail(`${fault?.message ?? 'broken before, and not when played again'}
seed ${broken}: npm run simulate -- --seed ${broken} --trace`)
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1_000).toFixed(1)
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}
