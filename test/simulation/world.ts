import type { Random } from '../../tools/random.ts'
import type { VirtualClock } from './clock.ts'

/** Counts of what happened in a history. */
export interface Counts {
  actions: number
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
  setBacks: number
  refusals: number
  windows: number
  letGo: number
}

export function noCounts(): Counts {
  return {
    actions: 0,
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
    setBacks: 0,
    refusals: 0,
    windows: 0,
    letGo: 0,
  }
}

export function addCounts(sum: Counts, more: Counts): void {
  for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += more[key]
}

/** What everything in one history shares: the clock, the randomness, the counts and the trace. */
export interface World {
  readonly clock: VirtualClock
  readonly random: Random
  readonly counts: Counts
  /** The least and most latency of a frame, in ms. */
  readonly latency: readonly [number, number]
  /** How many rows each tab keeps, if fewer than usual. */
  readonly keptRows: { readonly keptRows?: number }
  /** The probability that a frame of the server is lost on a socket that stays open. */
  loss: number
  /** A failed check inside the session kit, where it could not be thrown. */
  fault: unknown
  /** Receives every frame and action, if somebody reads them. */
  readonly trace?: ((line: string) => void) | undefined
}
