import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { newSeed } from '../random.ts'
import { bundleWorker } from '../workerd.mjs'
import { type Fuzzed, fuzzCore } from './fuzz-core.ts'
import { fuzzWorker } from './fuzz-worker.ts'

const USAGE = `npm run fuzz                                100,000 frames
npm run fuzz -- --frames 1000000 --seed 7   1,000,000, from seed 7
npm run fuzz -- --worker 0                  only the core; by default one frame in 20 goes to the Worker in workerd`

const PRINT_EVERY_MS = 10_000

const { values } = parseArgs({
  options: {
    frames: { type: 'string' },
    seed: { type: 'string' },
    threads: { type: 'string' },
    worker: { type: 'string' },
    help: { type: 'boolean' },
  },
})

if (values.help) console.log(USAGE)
else await fuzz()

async function fuzz(): Promise<void> {
  const frames = Number(values.frames ?? 100_000)
  const seed = Number(values.seed ?? newSeed())
  const share = Number(values.worker ?? 0.05)
  const threads = Number(values.threads ?? availableParallelism())
  console.log(`Seed ${seed}`)
  const began = performance.now()
  let printedAt = began
  const progress = (fuzzed: Fuzzed): void => {
    if (performance.now() - printedAt < PRINT_EVERY_MS) return
    printedAt = performance.now()
    console.log(`${fuzzed.frames} frames, ${seconds(began)} s`)
  }
  const core = await fuzzCore({ seed, frames: Math.round(frames * (1 - share)), threads }, progress)
  console.log(
    `The core: ${core.frames} frames in ${core.rounds} rooms on ${threads} threads, ${seconds(began)} s; no heap grew by more than ${mib(core.heapGrew)} MiB`,
  )
  for (const [what, times] of Object.entries(core.eventCounts).sort()) console.log(`  ${what}: ${times}`)
  for (const { seed: own, message, steps } of core.broken) {
    console.error(`Broken in the room of seed ${own}: ${message}`)
    for (const step of steps) console.error(`  ${JSON.stringify(step)}`)
    process.exitCode = 1
  }
  if (share > 0) await overSockets(seed, Math.round(frames * share))
}

async function overSockets(seed: number, frames: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hallway-fuzz-'))
  const began = performance.now()
  try {
    const worker = await fuzzWorker(bundleWorker(folder), { seed, frames, rooms: join(folder, 'rooms') })
    const { rooms, spoken, closes, memoryGrewMib, broken } = worker
    console.log(
      `The Worker: ${worker.frames} frames in ${rooms} rooms, ${seconds(began)} s; ${spoken} honest messages, each received once; ${closes} sockets were closed; workerd grew by ${memoryGrewMib} MiB`,
    )
    for (const one of broken) console.error(`Broken with seed ${seed}: ${one}`)
    if (broken.length > 0) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1)
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1)
}
