import type { Context } from 'hono'
import type { Caller } from '../durable/room/room-caller.ts'
import { networkOf } from '../platform/identity/network.ts'
import type { HttpEnv } from './http-env.ts'

/** Who sent a request, and from which network. */
export function callerOf(c: Context<HttpEnv>): Caller {
  const network = networkOfRequest(c.req.raw)
  return { session: c.get('session'), ...(network === undefined ? {} : { network }) }
}

/** The network of the address that the platform reports. The platform overwrites what a client claims. */
export function networkOfRequest({ headers }: Request): string | undefined {
  const address = headers.get('CF-Connecting-IP')
  return address === null ? undefined : networkOf(address)
}
