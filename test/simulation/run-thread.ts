import { parentPort, workerData } from 'node:worker_threads'
import { NodeSql } from '../../tools/node-sql.ts'
import { drawHistory } from './draw-history.ts'
import { playHistory } from './run-history.ts'
import type { Share, Word } from './run-many.ts'
import { addCounts, noCounts } from './world.ts'

const TELL_EVERY = 100

const { from, to, step }: Share = workerData
const sql = new NodeSql()
let histories = 0
let counts = noCounts()

for (let seed = from; seed < to; seed += step) {
  try {
    addCounts(counts, await playHistory(drawHistory(seed), { sql }))
  } catch (fault) {
    tell({ kind: 'broken', seed, message: fault instanceof Error ? fault.message : String(fault) })
  }
  histories += 1
  if (histories === TELL_EVERY) tellCounts()
}
tellCounts()

function tellCounts(): void {
  tell({ kind: 'played', histories, counts })
  histories = 0
  counts = noCounts()
}

function tell(word: Word): void {
  parentPort?.postMessage(word)
}
