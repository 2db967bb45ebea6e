import type { Context } from 'hono'
import type { Caller } from '../durable/room/Room.ts'
import type { HttpEnv } from './http-env.ts'
import { networkOfRequest } from './middleware/network-quotas.ts'

/** Who asks, and from where. */
export function callerOf(c: Context<HttpEnv>): Caller {
  const network = networkOfRequest(c.req.raw)
  return { session: c.get('session'), ...(network === undefined ? {} : { network }) }
}
