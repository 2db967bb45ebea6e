import type { Context, MiddlewareHandler } from 'hono'
import { NEW_ROOM_ROWS } from '../../room/model/budget.ts'
import { networkOfRequest } from '../caller.ts'
import type { HttpEnv } from '../http-env.ts'
import { networkAccounts, payerOf } from '../network-account.ts'
import { problem } from '../problem.ts'
import { isSameOrigin } from './same-origin.ts'

/** What an arrival pays: for itself, and for what an ordinary visit has the room do. */
export const ARRIVAL_UNITS = 10
/** What a refused call costs all the same. */
const REFUSED_UNITS = 1
/** Calls that write: what they do, and what counting them writes. */
const CHANGE_UNITS = 6
/** Calls about an identity that are counted, which writes. */
const COUNTED_CALLS: ReadonlySet<string> = new Set(['moves', 'challenge'])
/** The price of calls about a room, in units, by method and last part of the path; others cost as much as a change. */
const CALL_UNITS: Readonly<Record<string, number>> = {
  'GET ': 1,
  'GET ws': ARRIVAL_UNITS,
  'GET messages': 5,
  'GET usage': 2,
  'GET people': 21,
  'GET audit': 3,
  'GET links': 3,
  'POST redeem': 9,
  'POST links': 8,
  'DELETE me': 40,
}

/**
 * The network of a caller pays for what the call has objects do, from its budget for the day. This comes before any
 * object is called.
 */
export const payForCall: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const network = networkOfRequest(c.req.raw, c.env)
  const units = priceOfCall(c)
  if (network === undefined || units === 0) return next()
  const payer = await payerOf(network)
  const retryAfter = await networkAccounts.pay(c.env, payer, units)
  if (retryAfter > 0) return problem('rate-limited', { retryAfter })
  c.set('payer', payer)
  await next()
  const isRefused = c.res.status === 429 || (isSocket(c.req.path) && c.res.status !== 101)
  networkAccounts.giveBack(c.env, payer, isRefused ? units - REFUSED_UNITS : (c.get('unspent') ?? 0))
}

/** What a call costs, in units: nothing where it calls no object. */
function priceOfCall({ req: { method, path, raw } }: Context<HttpEnv>): number {
  const isRead = method === 'GET' || method === 'HEAD'
  // A page of another site must not use up its visitor's budget. Where it may call, it pays.
  const mayBeForeign = isRead && !isSocket(path)
  if (!mayBeForeign && !isSameOrigin(raw)) return 0
  const [, , resource, ...rest] = path.split('/')
  if (resource === 'session') return isRead || !COUNTED_CALLS.has(rest[0] ?? '') ? 0 : CHANGE_UNITS
  if (resource !== 'rooms') return 0
  if (rest.length === 0) return isRead ? 0 : NEW_ROOM_ROWS
  const call = rest.length === 1 ? '' : rest.at(-1)
  return CALL_UNITS[`${isRead ? 'GET' : method} ${call}`] ?? (isRead ? 0 : CHANGE_UNITS)
}

function isSocket(path: string): boolean {
  return path.endsWith('/ws')
}
