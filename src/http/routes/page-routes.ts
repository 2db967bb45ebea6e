import { type Context, Hono } from 'hono'
import { turnstileOf } from '../../platform/config.ts'
import { cacheControl, challengePolicy } from '../../protocol/headers.ts'
import { CHALLENGE_PATH, roomPath, SHARE_PATH, TRANSFER_PATH } from '../../protocol/names.ts'
import { parseRoomAddress } from '../../protocol/room-address.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem } from '../problem.ts'

/** Addresses for people. All lead to the one page, which decides by the address what to show. */
export const pageRoutes = new Hono<HttpEnv>()

/** A room has one address; every other way to write it leads there. */
pageRoutes.on('GET', ['/r/:room', '/r/:room/', '/R/:room', '/R/:room/'], async (c) => {
  const { pathname, search } = new URL(c.req.url)
  const found = parseRoomAddress(pathname)
  if (found === undefined) return page(c, 404)
  const path = roomPath(found.room)
  return path === pathname ? page(c, 200) : c.redirect(path + search, 308)
})

/** Receives an identity from another device. The code is behind a `#`, which no server sees. */
pageRoutes.get(TRANSFER_PATH, (c) => page(c, 200))

/** Receives what other apps share, unless the page's service worker takes it first. */
pageRoutes.get(SHARE_PATH, (c) => page(c, 200))

pageRoutes.get(CHALLENGE_PATH, (c) => {
  if (turnstileOf(c.env) === undefined) return notFound(c)
  c.set('policy', challengePolicy)
  return page(c, 200)
})

/** Unknown addresses: a page for a person, a problem for a program, and never a page instead of a file. */
export function notFound(c: Context<HttpEnv>): Response | Promise<Response> {
  const { path, method } = c.req
  const isPage =
    method === 'GET' && !/^\/(api|assets)\//.test(path) && c.req.header('Accept')?.includes('text/html')
  return isPage ? page(c, 404) : problem('not-found')
}

async function page(c: Context<HttpEnv>, status: 200 | 404): Promise<Response> {
  const shell = await c.env.ASSETS.fetch(new URL('/', c.req.url))
  return new Response(shell.body, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': cacheControl.page,
      // A room's address is its key, so search engines must not list it.
      'X-Robots-Tag': 'noindex, nofollow',
    },
  })
}
