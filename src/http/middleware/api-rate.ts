import type { MiddlewareHandler } from 'hono'
import { networkOfRequest } from '../caller.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem } from '../problem.ts'

/** The binding does not say how long to wait; 10 s is the shorter of the two periods that it can have. */
const RETRY_AFTER_MS = 10_000

/** Applies the platform's own rate limit by network, where an operator has bound one. It wakes no object. */
export const apiRate: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const network = networkOfRequest(c.req.raw, c.env)
  // Callers whose address nobody reports are not one network.
  if (network === undefined) return next()
  const outcome = await c.env.API_RATE?.limit({ key: network })
  return outcome?.success === false ? problem('rate-limited', { retryAfter: RETRY_AFTER_MS }) : next()
}
