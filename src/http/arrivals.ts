import type { MiddlewareHandler } from 'hono'
import { throttlesOf } from '../platform/config.ts'
import { type Bucket, fullBucket, take } from '../room/rate.ts'
import type { App } from './app.ts'
import { networkOfRequest } from './network-limits.ts'
import { problem } from './problem.ts'

/** As many pairs of room and network are remembered, the latest. */
const MOST = 1_000
/** A refusal is held back for 0.5 to 1.5 times as long, which costs nothing here. */
const HOLD_MS = 1_000
/** So many are held at once: each is a connection that stays open meanwhile. */
const MOST_HELD = 250

/**
 * What this isolate has seen come. It is no more than what the room has seen, so that nobody is refused here whom it
 * would take.
 */
const buckets = new Map<string, Bucket>()

/** When each refusal that is held back is told: whoever hangs up meanwhile is in here until then. */
const held = new Set<number>()

/**
 * Who comes to a room faster than it lets anybody come is told so without waking it, and not at once: a program that
 * comes again whenever it is refused does so the less often, and a crowd of them not all at the same moment.
 */
export const arrivalsByNetwork: MiddlewareHandler<App> = async (c, next) => {
  const network = networkOfRequest(c.req.raw)
  if (network === undefined) return next()
  const key = `${c.req.param('room') ?? ''} ${network}`
  const rate = throttlesOf(c.env).arrivals
  const now = Date.now()
  const { bucket, retryAfter } = take(buckets.get(key) ?? fullBucket(rate, now), rate, now)
  buckets.delete(key)
  buckets.set(key, bucket)
  for (const oldest of buckets.keys()) {
    if (buckets.size <= MOST) break
    buckets.delete(oldest)
  }
  if (retryAfter === 0) return next()
  await hold(now)
  return problem('rate-limited', { retryAfter })
}

async function hold(now: number): Promise<void> {
  for (const until of held) if (until <= now) held.delete(until)
  if (held.size >= MOST_HELD) return
  const ms = HOLD_MS * (0.5 + Math.random())
  held.add(now + ms)
  await scheduler.wait(ms)
}
