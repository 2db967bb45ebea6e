import type { Context, MiddlewareHandler } from 'hono'
import { hashToken, newToken } from '../../platform/identity/ids.ts'
import { isSessionToken } from '../../protocol/names.ts'
import { cookieHeader, isSecure, plainCookieHeader, readCookies } from '../cookies.ts'
import type { HttpEnv } from '../http-env.ts'
import { isSameOrigin } from './same-origin.ts'

const COOKIE = 'hallway'
/** A socket whose page keeps no cookie offers this, and the token after `session.`. */
const SOCKET_PROTOCOL = 'hallway'
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60

/**
 * Identifies a visitor by a random token in a cookie; the code behind this sees only its hash. A request without the
 * cookie gets a new one, unless a page of another site sent it: the browser may have held the real cookie back, and
 * the new one would replace it. Where several came, one of them may be another site's, and renewing it would replace
 * ours for good. A page or a program that keeps no cookie shows its token in a header instead, and gets no cookie.
 */
export const sessionCookie: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const sent = sessionTokensOf(c)
  const shown = sent.length === 0 ? shownTokenOf(c) : undefined
  const token = sent[0] ?? shown ?? newToken()
  c.set('session', await hashToken(token))
  if (sent.length === 0) c.set('shownToken', token)
  await next()
  if (c.res.status === 101 && offeredProtocols(c).includes(SOCKET_PROTOCOL))
    c.res.headers.set('Sec-WebSocket-Protocol', SOCKET_PROTOCOL)
  if (shown !== undefined) return
  const cookie = c.get('cookie') ?? (sent.length === 0 && isSameOrigin(c.req.raw) ? 'renew' : undefined)
  if (cookie === undefined || (cookie === 'renew' && sent.length > 1)) return
  const cookies = cookie === 'clear' ? cleared(c) : [set(c, cookie === 'renew' ? token : cookie.become)]
  for (const header of cookies) c.res.headers.append('Set-Cookie', header)
}

/** The token itself, which a transfer to another device needs. */
export function sessionTokenOf(c: Context<HttpEnv>): string | undefined {
  return sessionTokensOf(c)[0] ?? shownTokenOf(c)
}

/** The token of a page or a program that keeps no cookie. */
function shownTokenOf(c: Context<HttpEnv>): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(c.req.header('Authorization') ?? '')?.[1]
  const offered = offeredProtocols(c).map((one) => /^session\.(.+)$/.exec(one)?.[1])
  return [bearer, ...offered].find((token) => token !== undefined && isSessionToken(token))
}

function offeredProtocols(c: Context<HttpEnv>): string[] {
  return (c.req.header('Sec-WebSocket-Protocol') ?? '').split(',').map((one) => one.trim())
}

function sessionTokensOf(c: Context<HttpEnv>): string[] {
  return readCookies(c, COOKIE).filter(isSessionToken)
}

function set(c: Context<HttpEnv>, token: string): string {
  return cookieHeader(c, { name: COOKIE, value: token, maxAgeSeconds: MAX_AGE_SECONDS })
}

/** Over https the cookie that this host may have set over http goes as well. */
function cleared(c: Context<HttpEnv>): string[] {
  const expired = { name: COOKIE, value: '', maxAgeSeconds: 0 }
  return isSecure(c) ? [cookieHeader(c, expired), plainCookieHeader(expired)] : [plainCookieHeader(expired)]
}
