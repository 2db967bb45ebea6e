import type { MiddlewareHandler } from 'hono'
import { throttlesOf } from '../platform/config.ts'
import { type Bucket, fullBucket, take } from '../room/rate.ts'
import type { App } from './app.ts'
import { networkOfRequest } from './network-limits.ts'
import { problem } from './problem.ts'

/** As many pairs of room and network are remembered, the latest. */
const MOST = 1_000

/**
 * What this isolate has seen come. It is no more than what the room has seen, so that nobody is refused here whom it
 * would take.
 */
const buckets = new Map<string, Bucket>()

/** Who comes to a room faster than it lets anybody come is told so without waking it. */
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
  return retryAfter > 0 ? problem('rate-limited', { retryAfter }) : next()
}
