import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { serialize } from 'hono/utils/cookie'
import { hashToken, newToken } from '../platform/ids.ts'
import { isSessionToken } from '../protocol/names.ts'
import type { App } from './app.ts'

const NAME = 'hallway'
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60

/**
 * Who is asking: a random token in a cookie, of which everything behind this line sees only the hash. A request
 * that brought none gets one with its answer.
 */
export const session: MiddlewareHandler<App> = async (c, next) => {
  const secure = c.req.url.startsWith('https:')
  const brought = getCookie(c, NAME, secure ? 'host' : undefined)
  const known = brought !== undefined && isSessionToken(brought)
  const token = known ? brought : newToken()
  c.set('session', await hashToken(token))
  await next()
  if (known && !c.get('renewSession')) return
  const options = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: MAX_AGE_SECONDS } as const
  const cookie = secure
    ? serialize(`__Host-${NAME}`, token, { ...options, secure: true })
    : serialize(NAME, token, options)
  c.res.headers.append('Set-Cookie', cookie)
}
