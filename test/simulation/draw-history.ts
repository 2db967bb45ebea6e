import { LIMITS } from '../../src/protocol/limits.ts'
import type { Rate } from '../../src/room/model/token-bucket.ts'
import { Random } from '../../tools/random.ts'
import { type Deed, drawDeeds } from './simulated-actions.ts'
import type { Keeping } from './simulated-person.ts'

/** Everything about a history but the chance of its network: plain data, which can be kept, read and cut down. */
export interface History {
  readonly seed: number
  readonly cast: Cast
  readonly deeds: readonly Deed[]
}

export interface Cast {
  readonly persons: readonly {
    readonly keeping: Keeping
    /** How far their clock is off, in ms. */
    readonly skew: number
    readonly tabs: readonly { readonly watch: boolean }[]
  }[]
  /** How long a frame is under way, in ms, from and to. */
  readonly latency: readonly [number, number]
  readonly loss: number
  readonly rate: Rate
  /** Whether the room falls asleep when nothing happens. */
  readonly sleepy: boolean
  /** Whether the first person owns the room, and so may edit and delete what others wrote. */
  readonly isOwned: boolean
  /** How many changes there are before anyone comes. */
  readonly past: number
}

/** One alone has nobody to disagree with, and a crowd only takes longer. */
const PERSONS = [1, 2, 2, 2, 3, 4] as const
const KEEPINGS: readonly Keeping[] = [
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

/** What a seed stands for. */
export function drawHistory(seed: number): History {
  const random = new Random(seed)
  const cast = drawCast(random)
  const tabs = cast.persons.reduce((sum, { tabs }) => sum + tabs.length, 0)
  return { seed, cast, deeds: drawDeeds(random, tabs) }
}

function drawCast(random: Random): Cast {
  const persons = Array.from({ length: random.pick(PERSONS) }, () => ({
    keeping: random.pick(KEEPINGS),
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
    past: random.chance(0.2) ? random.between(1, 130) : 0,
  }
}
