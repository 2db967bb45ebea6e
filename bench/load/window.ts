import { setTimeout as sleep } from 'node:timers/promises'
import type { Person } from './load-person.ts'
import type { Meter, Reading } from './meter.ts'

export type Figures = Record<string, number>

/** Waits for the warm-up, then measures for a while. */
export async function measure(
  meter: Meter,
  { warmSeconds, seconds }: { warmSeconds: number; seconds: number },
): Promise<Figures> {
  await sleep(warmSeconds * 1000)
  meter.sampling = true
  const before = meter.read()
  await sleep(seconds * 1000)
  const after = meter.read()
  meter.sampling = false
  return {
    ...between(before, after),
    p50: meter.latency.percentile(0.5),
    p99: meter.latency.percentile(0.99),
  }
}

export function between(before: Reading, after: Reading): Figures {
  const seconds = (after.at - before.at) / 1000
  const deliveries = after.deliveries - before.deliveries
  const serverSeconds = after.serverSeconds - before.serverSeconds
  return {
    seconds,
    deliveries,
    deliveriesPerSecond: deliveries / seconds,
    bytesPerDelivery: (after.bytes - before.bytes) / deliveries,
    cpuPer100k: (serverSeconds / deliveries) * 100_000,
    serverShare: serverSeconds / seconds,
    loadShare: (after.loadSeconds - before.loadSeconds) / seconds,
  }
}

const DRAIN_MS = 60_000

/**
 * Waits until every message has reached everyone, and returns how many deliveries are missing: only a complete count
 * can be trusted. `roomSize` people get each message, its sender as an ack.
 */
export async function drain(meter: Meter, people: readonly Person[], roomSize: number): Promise<number> {
  const sent = people.reduce((sum, person) => sum + person.sent, 0)
  const expected = sent * roomSize
  const until = performance.now() + DRAIN_MS
  while (meter.deliveries < expected && performance.now() < until) await sleep(20)
  return expected - meter.deliveries
}
