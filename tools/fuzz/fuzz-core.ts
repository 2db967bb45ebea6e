import { Worker } from 'node:worker_threads'
import { untilThreadEnds } from '../threads.ts'
import type { Round } from './rounds.ts'

/** The seeds of a thread: every `step`th from `from` on, until it has sent `frames`. */
export interface Share {
  readonly from: number
  readonly step: number
  readonly frames: number
}

export type Word = ({ kind: 'played'; seed: number } & Round) | { kind: 'heap'; grew: number; most: number }

export interface Fuzzed {
  frames: number
  rounds: number
  /** How often each event and each refusal was sent. */
  readonly told: Record<string, number>
  readonly broken: NonNullable<Round['broken']>[]
  /** The most bytes by which a thread's heap grew after its first rounds. */
  heapGrew: number
}

/** Sends `frames` frames to rooms of the pure core, on several threads. */
export async function fuzzCore(
  { seed, frames, threads }: { seed: number; frames: number; threads: number },
  progress: (sofar: Fuzzed) => void = () => {},
): Promise<Fuzzed> {
  const fuzzed: Fuzzed = { frames: 0, rounds: 0, told: {}, broken: [], heapGrew: 0 }
  const hear = (word: Word): void => {
    if (word.kind === 'heap') {
      fuzzed.heapGrew = Math.max(fuzzed.heapGrew, word.grew)
      if (word.grew > word.most)
        fuzzed.broken.push({ seed, message: `bounds: the heap grew by ${word.grew} bytes`, steps: [] })
      return
    }
    fuzzed.frames += word.frames
    fuzzed.rounds += 1
    if (word.broken) fuzzed.broken.push(word.broken)
    for (const [what, times] of Object.entries(word.told ?? {}))
      fuzzed.told[what] = (fuzzed.told[what] ?? 0) + times
    progress(fuzzed)
  }
  const shares = Array.from({ length: threads }, (_, n) => ({
    from: seed + n,
    step: threads,
    frames: Math.ceil(frames / threads),
  }))
  await Promise.all(shares.map((share) => untilThreadEnds(start(share), hear)))
  return fuzzed
}

function start(share: Share): Worker {
  return new Worker(new URL('./fuzz-thread.ts', import.meta.url), { workerData: share, execArgv: [] })
}
