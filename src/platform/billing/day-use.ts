import { quantitiesOf } from './bill.ts'
import { PRICES } from './prices.ts'
import type { Usage } from './usage.ts'

/** What ends with a day of the free plan, and is counted by rooms. */
export const DAY_METERS = ['requests', 'duration', 'rowsRead', 'rowsWritten'] as const

export type DayAmounts = Record<(typeof DAY_METERS)[number], number>

/** What was used in one UTC day, counted from 1970. */
export interface DayUse extends DayAmounts {
  day: number
}

const DAY_MS = 24 * 60 * 60 * 1_000

export function dayOf(now: number): number {
  return Math.floor(now / DAY_MS)
}

/** What a room has used in the day that its counts are of. */
export function dayUseOf({ day }: Usage): DayUse {
  const { requests, duration, rowsRead, rowsWritten } = quantitiesOf(day.counts, 0)
  return { day: dayOf(day.from), requests, duration, rowsRead, rowsWritten }
}

/** The share of the free plan's day, for each of them. */
export function sharesOfDay(used: DayAmounts): DayAmounts {
  const share = (meter: keyof DayAmounts) => used[meter] / PRICES.meters[meter].free
  return {
    requests: share('requests'),
    duration: share('duration'),
    rowsRead: share('rowsRead'),
    rowsWritten: share('rowsWritten'),
  }
}

/** The share of what runs out first. */
export function shareOfDay(used: DayAmounts): number {
  return Math.max(...Object.values(sharesOfDay(used)))
}
