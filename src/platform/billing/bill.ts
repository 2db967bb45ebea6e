import { type MeterName, PRICES } from './prices.ts'
import type { Counts, Period, Usage } from './usage.ts'

/** An amount for each thing that is billed, in the units of the price list. */
export type Quantities = Record<MeterName, number>

/** Turns counts into the quantities that are billed. */
export function quantitiesOf(
  { calls, errands, frames, alarms = 0, activeMs, rowsRead, rowsWritten }: Counts,
  storedBytes: number,
): Quantities {
  return {
    requests: calls + errands + alarms + frames / PRICES.framesARequest,
    duration: (activeMs / 1_000) * PRICES.gigabytesOfMemory,
    rowsRead,
    rowsWritten,
    stored: storedBytes,
    workerRequests: calls,
  }
}

/** Dollars at public prices, as if the plan included nothing: a room does not know the rest of the account. */
export function publicPrice(quantities: Quantities): Quantities & { total: number } {
  const dollars = perMeter((meter) => {
    const { per, dollars } = PRICES.meters[meter]
    return (quantities[meter] / per) * dollars
  })
  return { ...dollars, total: sum(dollars) }
}

/** The monthly bill of a whole account on the paid plan: the fee, and what exceeds the included quantities. */
export function accountMonth(quantities: Quantities): Quantities & { total: number } {
  const beyond = perMeter((meter) => Math.max(0, quantities[meter] - PRICES.meters[meter].included))
  const dollars = publicPrice(beyond)
  return { ...dollars, total: PRICES.dollarsAMonth + dollars.total }
}

/** The share of the free plan's day, for each thing, and for the one that runs out first (`most`). */
export function shareOfFreePlan(quantities: Quantities): Quantities & { most: number } {
  const parts = perMeter((meter) => quantities[meter] / PRICES.meters[meter].free)
  return { ...parts, most: Math.max(...Object.values(parts)) }
}

/** A room's usage and its price. Times in ms since 1970. */
export interface UsageReport {
  since: number
  /** When the counts were last saved. A crash loses later ones. */
  savedAt: number | null
  /** Changes stored while counts were lost. What else happened then is unknown. */
  uncounted: number
  storedBytes: number
  /** The UTC day so far, and its share of the free plan's day. */
  day: PeriodReport & { ofFreePlan: Quantities & { most: number } }
  /** The UTC month so far, at public prices. */
  month: PeriodReport & { dollars: Quantities & { total: number } }
  prices: { date: string; source: string }
}

interface PeriodReport {
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
    day: { ...periodReport(day), ofFreePlan: shareOfFreePlan(quantitiesOf(day.counts, storedBytes)) },
    month: { ...periodReport(month), dollars: publicPrice(quantitiesOf(month.counts, storedBytes)) },
    prices: { date, source },
  }
}

function periodReport({ from, counts }: Period): PeriodReport {
  const { changes, messages, frames, rowsRead, rowsWritten, activeMs } = counts
  const { requests } = quantitiesOf(counts, 0)
  const estimatedActiveSeconds = activeMs / 1_000
  return { from, changes, messages, frames, requests, rowsRead, rowsWritten, estimatedActiveSeconds }
}

function perMeter(figure: (meter: MeterName) => number): Quantities {
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
