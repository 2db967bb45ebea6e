import type { Context } from 'hono'
import type { Asker } from '../durable/room/Room.ts'
import type { App } from './http-env.ts'
import { networkOfRequest } from './middleware/network-quotas.ts'

/** Who asks, and from where. */
export function askerOf(c: Context<App>): Asker {
  const network = networkOfRequest(c.req.raw)
  return { session: c.get('session'), ...(network === undefined ? {} : { network }) }
}
