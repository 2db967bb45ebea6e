import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { serialize } from 'hono/utils/cookie'
import { hashToken, newToken } from '../../platform/identity/ids.ts'
import { isSessionToken } from '../../protocol/names.ts'
import type { HttpEnv } from '../http-env.ts'
import { isFromHere } from './request-log.ts'

const NAME = 'hallway'
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60

/**
 * Who is asking: a random token in a cookie, of which everything behind this line sees only the hash. A request
 * that brought none gets one with its answer, unless a page of another site made it: there the browser may have kept
 * the cookie back, and would put the new one in its place.
 */
export const sessionCookie: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const brought = broughtToken(c)
  const token = brought ?? newToken()
  c.set('session', await hashToken(token))
  await next()
  const cookie = c.get('cookie') ?? (brought === undefined && isFromHere(c.req.raw) ? 'renew' : undefined)
  if (cookie === undefined) return
  const cookies = cookie === 'clear' ? cleared(c) : [given(c, cookie === 'renew' ? token : cookie.become)]
  for (const one of cookies) c.res.headers.append('Set-Cookie', one)
}

/** The token itself, for what takes an identity elsewhere. */
export function broughtToken(c: Context<HttpEnv>): string | undefined {
  const token = getCookie(c, NAME, isSecure(c) ? 'host' : undefined)
  return token !== undefined && isSessionToken(token) ? token : undefined
}

const OPTIONS = { path: '/', httpOnly: true, sameSite: 'Lax' } as const

function given(c: Context<HttpEnv>, token: string): string {
  const options = { ...OPTIONS, maxAge: MAX_AGE_SECONDS }
  return isSecure(c)
    ? serialize(`__Host-${NAME}`, token, { ...options, secure: true })
    : serialize(NAME, token, options)
}

/** Over https also the one that was given to this host over http, if there is one. */
function cleared(c: Context<HttpEnv>): string[] {
  const options = { ...OPTIONS, maxAge: 0 }
  const plain = serialize(NAME, '', options)
  return isSecure(c) ? [serialize(`__Host-${NAME}`, '', { ...options, secure: true }), plain] : [plain]
}

function isSecure(c: Context<HttpEnv>): boolean {
  return c.req.url.startsWith('https:')
}
