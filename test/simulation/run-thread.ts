import { parentPort, workerData } from 'node:worker_threads'
import { NodeSql } from '../../tools/node-sql.ts'
import { drawHistory } from './draw-history.ts'
import { runHistory } from './run-history.ts'
import type { SeedShare, ThreadMessage } from './run-many.ts'
import { addCounts, noCounts } from './world.ts'

const REPORT_EVERY = 100

const { from, to, step }: SeedShare = workerData
const sql = new NodeSql()
let histories = 0
let counts = noCounts()

for (let seed = from; seed < to; seed += step) {
  try {
    addCounts(counts, await runHistory(drawHistory(seed), { sql }))
  } catch (fault) {
    report({ kind: 'broken', seed, message: fault instanceof Error ? fault.message : String(fault) })
  }
  histories += 1
  if (histories === REPORT_EVERY) reportCounts()
}
reportCounts()

function reportCounts(): void {
  report({ kind: 'progress', histories, counts })
  histories = 0
  counts = noCounts()
}

function report(message: ThreadMessage): void {
  parentPort?.postMessage(message)
}
