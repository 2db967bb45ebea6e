import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { serialize } from 'hono/utils/cookie'

const OPTIONS = { path: '/', httpOnly: true, sameSite: 'Lax' } as const

/**
 * Our cookies are bound to the host by the prefix `__Host-`, which browsers accept over https alone. Over http, as in
 * development, they go without it.
 */
export function readCookie(c: Context, name: string): string | undefined {
  return getCookie(c, name, isSecure(c) ? 'host' : undefined)
}

export interface NewCookie {
  name: string
  value: string
  maxAgeSeconds: number
}

/** A cookie as the value of `Set-Cookie`. */
export function cookieHeader(c: Context, cookie: NewCookie): string {
  const { name, value, maxAgeSeconds } = cookie
  return isSecure(c)
    ? serialize(`__Host-${name}`, value, { ...OPTIONS, maxAge: maxAgeSeconds, secure: true })
    : plainCookieHeader(cookie)
}

export function plainCookieHeader({ name, value, maxAgeSeconds }: NewCookie): string {
  return serialize(name, value, { ...OPTIONS, maxAge: maxAgeSeconds })
}

export function isSecure(c: Context): boolean {
  return c.req.url.startsWith('https:')
}
