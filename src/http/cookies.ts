import type { Context } from 'hono'
import { serialize } from 'hono/utils/cookie'

const OPTIONS = { path: '/', httpOnly: true, sameSite: 'Lax' } as const

/**
 * The values of a cookie, in the order in which they came: over http a site on another port can add one of the same name.
 * Ours are bound to the host by the prefix `__Host-`, which browsers accept over https alone. Over http, as in
 * development, they go without it.
 */
export function readCookies(c: Context, name: string): string[] {
  const wanted = isSecure(c) ? `__Host-${name}` : name
  return (c.req.header('Cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${wanted}=`))
    .map((pair) => pair.slice(wanted.length + 1))
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
