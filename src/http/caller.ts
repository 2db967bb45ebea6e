import type { Context } from 'hono'
import { CALL_VERSION, type Caller } from '../durable/room/room-caller.ts'
import { addressOf } from '../platform/identity/address.ts'
import { networkOf } from '../platform/identity/network.ts'
import type { HttpEnv } from './http-env.ts'

/** Who sent a request, and from which network. */
export function callerOf(c: Context<HttpEnv>): Caller {
  const network = networkOfRequest(c.req.raw, c.env)
  const payer = c.get('payer')
  return {
    version: CALL_VERSION,
    session: c.get('session'),
    ...(network === undefined ? {} : { network }),
    ...(payer === undefined ? {} : { payer }),
  }
}

/** The network that a request comes from, where a proxy reports its address. */
export function networkOfRequest({ headers }: Request, env: Env): string | undefined {
  const address = addressOf(headers, env)
  return address === undefined ? undefined : networkOf(address)
}
