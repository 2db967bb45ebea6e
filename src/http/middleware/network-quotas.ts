import type { MiddlewareHandler } from 'hono'
import { type Config, redemptionsRateOf, roomsRateOf } from '../../platform/config.ts'
import { hashedName } from '../../platform/identity/ids.ts'
import { networkOf } from '../../platform/identity/network.ts'
import type { Rate } from '../../room/model/token-bucket.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem } from '../problem.ts'

/** Rooms that are made by asking for one. A private room is not: it comes of two people who know each other. */
export const roomsByNetwork = quota('rooms', roomsRateOf)

/** Codes that are tried, right or wrong. */
export const redemptionsByNetwork = quota('redemptions', redemptionsRateOf)

/** Links to another device that are made: each is an object of its own for as long as it is good. */
export const movesByNetwork = quota('moves', redemptionsRateOf)

function quota(purpose: string, rateOf: (settings: Config) => Rate): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const network = networkOfRequest(c.req.raw)
    if (network === undefined) return next()
    const name = await hashedName(purpose, network)
    const retryAfter = await c.env.QUOTAS.getByName(name).spend(rateOf(c.env))
    return retryAfter > 0 ? problem('rate-limited', { retryAfter }) : next()
  }
}

/** The network that asks, where the platform says its address: over whatever a client claims. */
export function networkOfRequest({ headers }: Request): string | undefined {
  const address = headers.get('CF-Connecting-IP')
  return address === null ? undefined : networkOf(address)
}
