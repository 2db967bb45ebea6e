import { LIMITS } from '../../src/protocol/limits.ts'
import type { Rate } from '../../src/room/model/token-bucket.ts'
import { Random } from '../../tools/random.ts'
import { drawActions, type SimulatedAction } from './simulated-actions.ts'
import type { BrowserStorage } from './simulated-person.ts'

/** A history as plain data, which can be stored, read and shrunk. Only the network's randomness is not part of it. */
export interface History {
  readonly seed: number
  readonly setup: Setup
  readonly actions: readonly SimulatedAction[]
}

export interface Setup {
  readonly persons: readonly {
    readonly storage: BrowserStorage
    /** How far the clock of this person's device is off, in ms. */
    readonly skew: number
    readonly tabs: readonly { readonly watch: boolean }[]
  }[]
  /** The least and most latency of a frame, in ms. */
  readonly latency: readonly [number, number]
  readonly loss: number
  readonly rate: Rate
  /** Whether an idle room is evicted. */
  readonly sleepy: boolean
  /** Whether the first person owns the room, and so may edit and delete other people's messages. */
  readonly isOwned: boolean
  /** How many changes the log has before the first join. */
  readonly past: number
  /** How many rows each tab keeps, if fewer than usual. */
  readonly keptRows?: number
}

/** Mostly two: one person cannot disagree with another, and more than four only take longer. */
const PERSONS = [1, 2, 2, 2, 3, 4] as const
const STORAGES: readonly BrowserStorage[] = [
  { latency: 0, locks: true },
  { latency: 0, locks: true },
  { latency: 4, locks: true },
  { latency: 300, locks: true },
  { latency: 4, locks: false },
]
const LATENCIES = [
  [1, 4],
  [2, 40],
  [20, 150],
  [50, 900],
] as const

/** A few more than a page. */
const FEW_ROWS = LIMITS.historyPage + 5

/** The history of a seed. */
export function drawHistory(seed: number): History {
  const random = new Random(seed)
  const setup = drawSetup(random)
  const tabs = setup.persons.reduce((sum, { tabs }) => sum + tabs.length, 0)
  const keptRows = seed % 2 === 0 ? { keptRows: FEW_ROWS } : {}
  return { seed, setup: { ...setup, ...keptRows }, actions: drawActions(random, tabs) }
}

function drawSetup(random: Random): Setup {
  const persons = Array.from({ length: random.pick(PERSONS) }, () => ({
    storage: random.pick(STORAGES),
    skew: random.chance(0.2) ? random.between(-86_400_000, 86_400_000) : 0,
    tabs: [{ watch: false }, ...(random.chance(0.5) ? [{ watch: random.chance(0.4) }] : [])],
  }))
  return {
    persons,
    latency: random.pick(LATENCIES),
    loss: random.chance(0.2) ? random.pick([0.01, 0.05]) : 0,
    rate: random.chance(0.15)
      ? { burst: random.between(2, 6), perSecond: random.between(1, 3) }
      : { burst: LIMITS.rateBurst, perSecond: LIMITS.ratePerSecond },
    sleepy: random.chance(0.7),
    isOwned: random.chance(0.3),
    past: random.chance(0.4) ? random.between(1, 600) : 0,
  }
}
