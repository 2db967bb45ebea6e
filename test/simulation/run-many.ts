import { Worker } from 'node:worker_threads'
import { untilThreadEnds } from '../../tools/threads.ts'
import { addCounts, type Counts, noCounts } from './world.ts'

/** The seeds of one thread: every `step`th from `from` on, up to but not including `to`. */
export interface SeedShare {
  readonly from: number
  readonly to: number
  readonly step: number
}

/** What a thread reports: its progress, or a history that breaks a rule. */
export type ThreadMessage =
  | { kind: 'progress'; histories: number; counts: Counts }
  | { kind: 'broken'; seed: number; message: string }

export interface RunSummary {
  histories: number
  readonly counts: Counts
  /** The histories that broke a rule. */
  readonly broken: { seed: number; message: string }[]
}

export interface Plan {
  readonly from: number
  readonly runs: number
  readonly threads: number
  progress?(summary: RunSummary): void
}

/** A run stops at this many broken histories: a real fault breaks many. */
const BROKEN_MOST = 5

/** Runs many histories on several threads, until all are done or `BROKEN_MOST` have broken a rule. */
export async function runMany({ from, runs, threads, progress }: Plan): Promise<RunSummary> {
  const summary: RunSummary = { histories: 0, counts: noCounts(), broken: [] }
  const step = Math.min(threads, runs)
  const workers = Array.from({ length: step }, (_, index) =>
    start({ from: from + index, to: from + runs, step }),
  )
  const handle = (message: ThreadMessage): void => {
    if (message.kind === 'progress') {
      summary.histories += message.histories
      addCounts(summary.counts, message.counts)
      progress?.(summary)
      return
    }
    summary.broken.push({ seed: message.seed, message: message.message })
    if (summary.broken.length >= BROKEN_MOST) for (const worker of workers) void worker.terminate()
  }
  await Promise.all(workers.map((worker) => untilThreadEnds(worker, handle)))
  summary.broken.sort((one, other) => one.seed - other.seed)
  return summary
}

function start(share: SeedShare): Worker {
  return new Worker(new URL('./run-thread.ts', import.meta.url), {
    workerData: share,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  })
}
