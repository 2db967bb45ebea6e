import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import type { Share, Word } from './fuzz-core.ts'
import { playRound } from './rounds.ts'

/** After these first rounds the heap must not grow. */
const SETTLED_AFTER = 5
const HEAP_MAY_GROW = 32 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
const { from, step, frames }: Share = workerData
let left = frames
let settled = 0
let rounds = 0

for (let seed = from; left > 0; seed += step) {
  const round = await playRound(seed, Math.min(left, 2_000))
  left -= round.frames
  rounds += 1
  tell({ kind: 'played', seed, ...round })
  if (round.broken) break
  if (rounds === SETTLED_AFTER) settled = heap()
}
if (settled > 0) tell({ kind: 'heap', grew: heap() - settled, most: HEAP_MAY_GROW })

function heap(): number {
  collect()
  return process.memoryUsage().heapUsed
}

function tell(word: Word): void {
  parentPort?.postMessage(word)
}
