import { Worker } from 'node:worker_threads'
import { untilThreadEnds } from '../../tools/threads.ts'
import { addCounts, type Counts, noCounts } from './world.ts'

/** What a thread plays: every `step`th seed from `from` on, up to but not including `to`. */
export interface Share {
  readonly from: number
  readonly to: number
  readonly step: number
}

/** What a thread tells: how far it is, or what it found. */
export type Word =
  | { kind: 'played'; histories: number; counts: Counts }
  | { kind: 'broken'; seed: number; message: string }

export interface Played {
  histories: number
  readonly counts: Counts
  /** The histories in which a rule was broken. */
  readonly broken: { seed: number; message: string }[]
}

export interface Plan {
  readonly from: number
  readonly runs: number
  readonly threads: number
  progress?(sofar: Played): void
}

/** A product that is broken is broken often: a few examples do. */
const BROKEN_MOST = 5

/** Plays many histories, spread over threads, until all are played or enough were found in which a rule is broken. */
export async function playMany({ from, runs, threads, progress }: Plan): Promise<Played> {
  const played: Played = { histories: 0, counts: noCounts(), broken: [] }
  const step = Math.min(threads, runs)
  const workers = Array.from({ length: step }, (_, index) =>
    start({ from: from + index, to: from + runs, step }),
  )
  const hear = (word: Word): void => {
    if (word.kind === 'played') {
      played.histories += word.histories
      addCounts(played.counts, word.counts)
      progress?.(played)
      return
    }
    played.broken.push({ seed: word.seed, message: word.message })
    if (played.broken.length >= BROKEN_MOST) for (const worker of workers) void worker.terminate()
  }
  await Promise.all(workers.map((worker) => untilThreadEnds(worker, hear)))
  played.broken.sort((one, other) => one.seed - other.seed)
  return played
}

function start(share: Share): Worker {
  return new Worker(new URL('./run-thread.ts', import.meta.url), {
    workerData: share,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  })
}
