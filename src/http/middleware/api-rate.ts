import type { MiddlewareHandler } from 'hono'
import type { HttpEnv } from '../http-env.ts'
import { problem } from '../problem.ts'
import { networkOfRequest } from './network-quotas.ts'

/** The binding does not say for how long; this is the shorter of the two periods it can have. */
const RETRY_AFTER_MS = 10_000

/** The platform's own limit by network, where the operator has bound one: before any object is woken. */
export const apiRate: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const outcome = await c.env.API_RATE?.limit({ key: networkOfRequest(c.req.raw) ?? '' })
  return outcome?.success === false ? problem('rate-limited', { retryAfter: RETRY_AFTER_MS }) : next()
}
