import type { Random } from '../../tools/random.ts'
import type { VirtualClock } from './clock.ts'

/** What a history held. */
export interface Counts {
  deeds: number
  frames: number
  acks: number
  joins: number
  resumes: number
  resets: number
  sockets: number
  lost: number
  sleeps: number
  evictions: number
  restarts: number
  aborts: number
  epochs: number
}

export function noCounts(): Counts {
  return {
    deeds: 0,
    frames: 0,
    acks: 0,
    joins: 0,
    resumes: 0,
    resets: 0,
    sockets: 0,
    lost: 0,
    sleeps: 0,
    evictions: 0,
    restarts: 0,
    aborts: 0,
    epochs: 0,
  }
}

export function addCounts(sum: Counts, more: Counts): void {
  for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += more[key]
}

/** What everything in one history shares: its time, its chance, and who keeps a record. */
export interface World {
  readonly clock: VirtualClock
  readonly random: Random
  readonly counts: Counts
  /** How long a frame is under way, in ms, from and to. */
  readonly latency: readonly [number, number]
  /** How likely a frame of the server is lost on its way to a socket that stays open. */
  loss: number
  /** What was found to be broken where nobody could throw it: inside the session kit. */
  fault: unknown
  /** Absent where nobody reads along. */
  readonly tell?: ((line: string) => void) | undefined
}
