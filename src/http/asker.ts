import type { Context } from 'hono'
import type { Asker } from '../durable/Room.ts'
import type { App } from './app.ts'
import { networkOfRequest } from './network-limits.ts'

/** Who asks, and from where. */
export function askerOf(c: Context<App>): Asker {
  const network = networkOfRequest(c.req.raw)
  return { session: c.get('session'), ...(network === undefined ? {} : { network }) }
}
