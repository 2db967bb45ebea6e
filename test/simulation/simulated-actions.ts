import type { Random } from '../../tools/random.ts'

/**
 * What may be done in a history and to it. A deed is plain data: whose tab, and two numbers that choose what it is
 * about where there is a choice.
 */
export interface Deed {
  readonly do: DeedKind
  /** Which of all tabs, in the order of the cast. */
  readonly tab: number
  /** 0 <= n < 1 */
  readonly one: number
  readonly other: number
  /** How long nothing is done afterwards, in ms. */
  readonly pause: number
}

/** How often each is done, for what a history is mostly about. */
const SPEAKING = {
  say: 30,
  answer: 6,
  edit: 8,
  remove: 6,
  react: 8,
  unreact: 3,
  topic: 3,
  typing: 4,
  rename: 2,
  older: 4,
  babble: 1,
  chorus: 2,
  retry: 2,
  discard: 2,
} as const

const LIVING = {
  offline: 4,
  online: 4,
  show: 3,
  reload: 4,
  crash: 4,
  close: 2,
  open: 3,
  freeze: 2,
} as const

const NETWORK = { cut: 5, deafen: 4, lose: 5, stall: 4, haunt: 3 } as const

const SERVER = { evict: 6, kill: 2, deploy: 2, outage: 1, fail: 2 } as const

const RARE = { trim: 2, erase: 1, copy: 2, restore: 2 } as const

export type DeedKind =
  | keyof typeof SPEAKING
  | keyof typeof LIVING
  | keyof typeof NETWORK
  | keyof typeof SERVER
  | keyof typeof RARE

type Weights = Readonly<Record<DeedKind, number>>

/** How much weight each part has: some histories are calm, some are about nothing but a bad network. */
const TEMPERS = [
  { speaking: 1, living: 1, network: 1, server: 1 },
  { speaking: 1, living: 0.5, network: 3, server: 0.5 },
  { speaking: 1, living: 3, network: 0.5, server: 0.5 },
  { speaking: 1, living: 0.5, network: 0.5, server: 4 },
  { speaking: 3, living: 0.3, network: 0.3, server: 0.3 },
] as const

export function drawDeeds(random: Random, tabs: number): Deed[] {
  const temper = random.pick(TEMPERS)
  const rare = random.chance(0.25) ? 2 : 0
  const weights: Weights = {
    ...scaled(SPEAKING, temper.speaking),
    ...scaled(LIVING, temper.living),
    ...scaled(NETWORK, temper.network),
    ...scaled(SERVER, temper.server),
    ...scaled(RARE, rare),
  }
  return Array.from({ length: random.spread(20, 80) }, () => ({
    do: random.weighted(weights),
    tab: random.between(0, tabs - 1),
    one: fraction(random),
    other: fraction(random),
    pause: drawPause(random),
  }))
}

/** Mostly a moment, sometimes minutes, and now and then up to a month. */
function drawPause(random: Random): number {
  const roll = random.next()
  if (roll < 0.55) return random.between(0, 60)
  if (roll < 0.85) return random.spread(60, 3_000)
  if (roll < 0.98) return random.spread(3_000, 60_000)
  return random.spread(60_000, 30 * 24 * 60 * 60 * 1_000)
}

/** Short enough to be read. */
function fraction(random: Random): number {
  return Math.floor(random.next() * 1_000) / 1_000
}

function scaled<K extends string>(weights: Readonly<Record<K, number>>, factor: number): Record<K, number> {
  const entries = Object.entries<number>(weights).map(([key, weight]) => [key, weight * factor])
  return Object.fromEntries(entries) as Record<K, number>
}
