import { type MeterName, PRICES } from './prices.ts'
import type { Counts, Period, Usage } from './usage.ts'

/** So much of each thing that is billed, in the units of the price list. */
export type Quantities = Record<MeterName, number>

/** What was counted, as it is billed. */
export function quantitiesOf(
  { calls, errands, frames, activeMs, rowsRead, rowsWritten }: BilledCounts,
  storedBytes: number,
): Quantities {
  return {
    requests: calls + errands + frames / PRICES.framesARequest,
    duration: (activeMs / 1_000) * PRICES.gigabytesOfMemory,
    rowsRead,
    rowsWritten,
    stored: storedBytes,
    workerRequests: calls,
  }
}

type BilledCounts = Pick<Counts, 'calls' | 'errands' | 'frames' | 'activeMs' | 'rowsRead' | 'rowsWritten'>

/** At the public prices, as if nothing were included: a room cannot know what the rest of the account uses. */
export function dollarsOf(quantities: Quantities): Quantities & { total: number } {
  const dollars = forEach((meter) => {
    const { per, dollars } = PRICES.meters[meter]
    return (quantities[meter] / per) * dollars
  })
  return { ...dollars, total: sum(dollars) }
}

/** A month of a whole account on the paid plan: its fee, and what goes beyond what it includes. */
export function monthOf(quantities: Quantities): Quantities & { total: number } {
  const beyond = forEach((meter) => Math.max(0, quantities[meter] - PRICES.meters[meter].included))
  const dollars = dollarsOf(beyond)
  return { ...dollars, total: PRICES.dollarsAMonth + dollars.total }
}

/** Which part of what the free plan gives in a day: of each thing, and of the one that runs out first. */
export function ofFreePlan(quantities: Quantities): Quantities & { most: number } {
  const parts = forEach((meter) => quantities[meter] / PRICES.meters[meter].free)
  return { ...parts, most: Math.max(...Object.values(parts)) }
}

/** What a room has used, and what that comes to. Times in ms since 1970. */
export interface UsageReport {
  since: number
  /** When this was last written down; what a crash can lose is what came after. */
  savedAt: number | null
  /** Changes that were stored while counts were lost; what else went on then is unknown. */
  uncounted: number
  storedBytes: number
  /** The UTC day so far, and the part of the free plan's day that it is. */
  day: Spent & { ofFreePlan: Quantities & { most: number } }
  /** The UTC month so far, and what it comes to at public prices. */
  month: Spent & { dollars: Quantities & { total: number } }
  prices: { date: string; source: string }
}

interface Spent {
  from: number
  changes: number
  messages: number
  frames: number
  requests: number
  rowsRead: number
  rowsWritten: number
  estimatedActiveSeconds: number
}

export function reportOf({ since, savedAt, uncounted, day, month }: Usage, storedBytes: number): UsageReport {
  const { date, source } = PRICES
  return {
    since,
    savedAt: savedAt === 0 ? null : savedAt,
    uncounted,
    storedBytes,
    day: { ...spent(day), ofFreePlan: ofFreePlan(quantitiesOf(day.counts, storedBytes)) },
    month: { ...spent(month), dollars: dollarsOf(quantitiesOf(month.counts, storedBytes)) },
    prices: { date, source },
  }
}

function spent({ from, counts }: Period): Spent {
  const { changes, messages, frames, rowsRead, rowsWritten, activeMs } = counts
  const { requests } = quantitiesOf(counts, 0)
  const estimatedActiveSeconds = activeMs / 1_000
  return { from, changes, messages, frames, requests, rowsRead, rowsWritten, estimatedActiveSeconds }
}

function forEach(figure: (meter: MeterName) => number): Quantities {
  return {
    requests: figure('requests'),
    duration: figure('duration'),
    rowsRead: figure('rowsRead'),
    rowsWritten: figure('rowsWritten'),
    stored: figure('stored'),
    workerRequests: figure('workerRequests'),
  }
}

function sum(quantities: Quantities): number {
  return Object.values(quantities).reduce((total, quantity) => total + quantity, 0)
}
