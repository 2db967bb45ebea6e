import type { MiddlewareHandler } from 'hono'
import { quotaOf } from '../../durable/Quota.ts'
import { type Config, redemptionsRateOf, roomsRateOf } from '../../platform/config.ts'
import { objectName } from '../../platform/identity/ids.ts'
import type { Rate } from '../../room/model/token-bucket.ts'
import { networkOfRequest } from '../caller.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem } from '../problem.ts'

/**
 * Limits the rooms that one network creates, or refuses all of them. Private rooms do not count: two people who know each
 * other open them.
 */
export const limitNewRooms: MiddlewareHandler<HttpEnv> = async (c, next) => {
  if (roomsRateOf(c.env).burst > 0) return limitByNetwork(c, next)
  return problem('forbidden', { title: 'Only the operator makes rooms here.' })
}
const limitByNetwork = quota('rooms', roomsRateOf)

/** Limits the codes that one network tries, right or wrong. */
export const limitRedemptions = quota('redemptions', redemptionsRateOf)

/** Limits the transfer links that one network creates: each is an object of its own until it expires. */
export const limitTransferLinks = quota('moves', redemptionsRateOf)

function quota(purpose: string, rateOf: (config: Config) => Rate): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const network = networkOfRequest(c.req.raw, c.env)
    if (network === undefined) return next()
    const name = await objectName(purpose, network)
    const retryAfter = await quotaOf(c.env, name).spend(rateOf(c.env))
    return retryAfter > 0 ? problem('rate-limited', { retryAfter }) : next()
  }
}
