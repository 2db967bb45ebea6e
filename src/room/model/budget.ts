/** What one network has used of its budget on one UTC day, in units, over all rooms. */
export interface Budget {
  /** When the day began, in ms. */
  day: number
  used: number
  /** What each part of the network has used. */
  parts: Readonly<Record<string, number>>
}

export interface BudgetLease {
  /** What is needed at least, and what was used on trust before. */
  want: number
  owed?: number
  /** The parts of the network that ask, from the larger to the smaller. */
  parts: readonly string[]
  /** More than what is needed is given in advance, so that it lasts for many calls: this share of the rest, or the wish. */
  shareOfRest: number
  wish?: number
  /** The units that a network has for a day. */
  limit: number
}

/** What a new room writes at most: its tables, and its first person. */
export const NEW_ROOM_ROWS = 55

/** How often a network could still pay for a small batch after it. */
const LEFT_TIMES = 7
const DAY_MS = 24 * 60 * 60 * 1_000
/** What a part of a network may use of its budget: no neighbour uses all of it. First 56 bits of an address, then 64. */
const SHARES = [7 / 8, 3 / 4]
/** The rows that a lease writes; the first of a day also sets the alarm that forgets it. */
const LEASE_ROWS = 1
const FIRST_LEASE_ROWS = 4

/** Leases units, as many as there are. With none left, answers in how many ms the next day begins. */
export function leaseFrom(
  kept: Budget | undefined,
  { want, owed = 0, parts, shareOfRest, wish = Number.POSITIVE_INFINITY, limit }: BudgetLease,
  now: number,
): { budget: Budget; units: number; retryAfter: number } {
  const day = now - (now % DAY_MS)
  const isKept = kept?.day === day
  const before = isKept ? kept : { day, used: 0, parts: {} }
  const cost = owed + (isKept ? LEASE_ROWS : FIRST_LEASE_ROWS)
  const rests = parts.map((part, tier) => limit * (SHARES[tier] ?? 1) - (before.parts[part] ?? 0))
  const rest = Math.floor(Math.min(limit - before.used, ...rests) - cost)
  if (rest < 1) return { budget: before, units: 0, retryAfter: day + DAY_MS - now }
  const units = Math.min(rest, Math.max(1, want, Math.min(wish, Math.floor(rest * shareOfRest))))
  const used = parts.map((part) => [part, (before.parts[part] ?? 0) + units + cost])
  const budget = {
    day,
    used: before.used + units + cost,
    parts: { ...before.parts, ...Object.fromEntries(used) },
  }
  return { budget, units, retryAfter: 0 }
}

/**
 * How much of its budget a network may have used after it has paid for a batch of an erasure. What a few messages cost is
 * left seven times over, and a large batch leaves half of the budget: people can go on, and only large erasures wait for
 * the next day. What rooms have leased counts as used, and they need little of it.
 */
export function limitOfErasing(units: number, limit: number): number {
  return limit - Math.min(LEFT_TIMES * units, limit / 2)
}

/** When the day of a budget is over, in ms. */
export function endOf({ day }: Budget): number {
  return day + DAY_MS
}
