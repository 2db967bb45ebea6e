import { Worker } from 'node:worker_threads'
import { untilThreadEnds } from '../threads.ts'
import type { Round } from './rounds.ts'

/** The seeds of a thread: every `step`th from `from` on, until it has sent `frames`. */
export interface FuzzShare {
  readonly from: number
  readonly step: number
  readonly frames: number
}

export type FuzzMessage =
  | ({ kind: 'round'; seed: number } & Round)
  | { kind: 'heap'; grew: number; most: number }

export interface Fuzzed {
  frames: number
  rounds: number
  /** How often each event and each refusal was sent. */
  readonly eventCounts: Record<string, number>
  readonly broken: NonNullable<Round['broken']>[]
  /** The most bytes by which a thread's heap grew after its first rounds. */
  heapGrew: number
}

/** Sends `frames` frames to rooms of the pure core, on several threads. */
export async function fuzzCore(
  { seed, frames, threads }: { seed: number; frames: number; threads: number },
  progress: (fuzzed: Fuzzed) => void = () => {},
): Promise<Fuzzed> {
  const fuzzed: Fuzzed = { frames: 0, rounds: 0, eventCounts: {}, broken: [], heapGrew: 0 }
  const handle = (message: FuzzMessage): void => {
    if (message.kind === 'heap') {
      fuzzed.heapGrew = Math.max(fuzzed.heapGrew, message.grew)
      if (message.grew > message.most)
        fuzzed.broken.push({ seed, message: `bounds: the heap grew by ${message.grew} bytes`, steps: [] })
      return
    }
    fuzzed.frames += message.frames
    fuzzed.rounds += 1
    if (message.broken) fuzzed.broken.push(message.broken)
    for (const [what, times] of Object.entries(message.eventCounts ?? {}))
      fuzzed.eventCounts[what] = (fuzzed.eventCounts[what] ?? 0) + times
    progress(fuzzed)
  }
  const shares = Array.from({ length: threads }, (_, n) => ({
    from: seed + n,
    step: threads,
    frames: Math.ceil(frames / threads),
  }))
  await Promise.all(shares.map((share) => untilThreadEnds(start(share), handle)))
  return fuzzed
}

function start(share: FuzzShare): Worker {
  return new Worker(new URL('./fuzz-thread.ts', import.meta.url), { workerData: share, execArgv: [] })
}
