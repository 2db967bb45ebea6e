import type { Random } from '../../tools/random.ts'

/**
 * One step of a history, as plain data: something a person does, or a fault. `one` and `other` choose its details, such as
 * the message to edit.
 */
export interface SimulatedAction {
  readonly do: ActionKind
  /** The index of the tab, counted over all persons of the setup. */
  readonly tab: number
  /** 0 <= n < 1 */
  readonly one: number
  readonly other: number
  /** The time until the next action, in ms. */
  readonly pause: number
}

/** The weights of the actions in each group. */
const SESSION = {
  say: 30,
  reply: 6,
  edit: 8,
  remove: 6,
  react: 8,
  unreact: 3,
  topic: 3,
  typing: 4,
  rename: 2,
  older: 4,
  around: 6,
  newer: 4,
  leave: 6,
  burst: 1,
  sayAll: 2,
  retry: 2,
  discard: 2,
} as const

const TAB = {
  offline: 4,
  online: 4,
  show: 3,
  reload: 4,
  crash: 4,
  close: 2,
  open: 3,
  freeze: 2,
  stepClock: 2,
  refuseStorage: 2,
} as const

const NETWORK = { cut: 5, silence: 4, lose: 5, delay: 4, hideClose: 3 } as const

const SERVER = {
  evict: 6,
  kill: 2,
  deploy: 2,
  outage: 1,
  fail: 2,
  setBack: 2,
  refuseWrites: 2,
  slow: 2,
} as const

const RARE = { trim: 2, erase: 1, copy: 2, restore: 2 } as const

export type ActionKind =
  | keyof typeof SESSION
  | keyof typeof TAB
  | keyof typeof NETWORK
  | keyof typeof SERVER
  | keyof typeof RARE

type Weights = Readonly<Record<ActionKind, number>>

/** The factors of the groups: some histories are calm, others consist mostly of network faults. */
const PROFILES = [
  { session: 1, tab: 1, network: 1, server: 1 },
  { session: 1, tab: 0.5, network: 3, server: 0.5 },
  { session: 1, tab: 3, network: 0.5, server: 0.5 },
  { session: 1, tab: 0.5, network: 0.5, server: 4 },
  { session: 3, tab: 0.3, network: 0.3, server: 0.3 },
] as const

export function drawActions(random: Random, tabs: number): SimulatedAction[] {
  const profile = random.pick(PROFILES)
  const rare = random.chance(0.25) ? 2 : 0
  const weights: Weights = {
    ...scaled(SESSION, profile.session),
    ...scaled(TAB, profile.tab),
    ...scaled(NETWORK, profile.network),
    ...scaled(SERVER, profile.server),
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

/** Mostly under three seconds, sometimes up to a minute, rarely up to a month. */
function drawPause(random: Random): number {
  const roll = random.next()
  if (roll < 0.55) return random.between(0, 60)
  if (roll < 0.85) return random.spread(60, 3_000)
  if (roll < 0.98) return random.spread(3_000, 60_000)
  return random.spread(60_000, 30 * 24 * 60 * 60 * 1_000)
}

/** Three decimals, so that histories are easy to read. */
function fraction(random: Random): number {
  return Math.floor(random.next() * 1_000) / 1_000
}

function scaled<K extends string>(weights: Readonly<Record<K, number>>, factor: number): Record<K, number> {
  const entries = Object.entries<number>(weights).map(([key, weight]) => [key, weight * factor])
  return Object.fromEntries(entries) as Record<K, number>
}
