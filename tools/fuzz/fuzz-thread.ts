import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import type { FuzzMessage, FuzzShare } from './fuzz-core.ts'
import { runRound } from './rounds.ts'

/** After these first rounds the heap must not grow. */
const SETTLED_AFTER = 5
const HEAP_MAY_GROW = 32 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
const { from, step, frames }: FuzzShare = workerData
let left = frames
let settled = 0
let rounds = 0

for (let seed = from; left > 0; seed += step) {
  const round = await runRound(seed, Math.min(left, 2_000))
  left -= round.frames
  rounds += 1
  report({ kind: 'round', seed, ...round })
  if (round.broken) break
  if (rounds === SETTLED_AFTER) settled = heap()
}
if (settled > 0) report({ kind: 'heap', grew: heap() - settled, most: HEAP_MAY_GROW })

function heap(): number {
  collect()
  return process.memoryUsage().heapUsed
}

function report(message: FuzzMessage): void {
  parentPort?.postMessage(message)
}
