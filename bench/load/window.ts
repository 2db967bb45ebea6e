import { setTimeout as sleep } from 'node:timers/promises'
import type { Person } from './load-person.ts'
import type { Meter, Reading } from './meter.ts'

export type Figures = Record<string, number>

/** Lets things run warm, and answers what one stretch of time after it brought. */
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
 * Waits until everything said has reached everyone, and answers how much did not: what was counted is only believed
 * where it comes out even. `roomSize` is how many people hear each message, its sender by their ack.
 */
export async function drain(meter: Meter, people: readonly Person[], roomSize: number): Promise<number> {
  const said = people.reduce((sum, person) => sum + person.said, 0)
  const expected = said * roomSize
  const until = performance.now() + DRAIN_MS
  while (meter.deliveries < expected && performance.now() < until) await sleep(20)
  return expected - meter.deliveries
}
