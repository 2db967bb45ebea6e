import { type Context, Hono } from 'hono'
import { turnstileOf } from '../../platform/config.ts'
import { cacheControl, challengePolicy } from '../../protocol/headers.ts'
import { CHALLENGE_PATH, MOVE_PATH, parseRoomName, roomPath, SHARE_PATH } from '../../protocol/names.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem } from '../problem.ts'

/** Addresses that a person opens. All of them are one page, which finds out by itself what to show. */
export const pageRoutes = new Hono<HttpEnv>()

pageRoutes.get('/r/:room', async (c) => {
  const asked = c.req.param('room')
  const room = parseRoomName(asked)
  if (room === undefined) return page(c, 404)
  return room === asked ? page(c, 200) : c.redirect(roomPath(room), 308)
})

/** Where an identity comes in from another device; the code stands behind a `#`, which no server sees. */
pageRoutes.get(MOVE_PATH, (c) => page(c, 200))

/** Where what other apps share comes in, where no service worker of the page takes it before. */
pageRoutes.get(SHARE_PATH, (c) => page(c, 200))

pageRoutes.get(CHALLENGE_PATH, (c) => {
  if (turnstileOf(c.env) === undefined) return notFound(c)
  c.set('policy', challengePolicy)
  return page(c, 200)
})

/** What is nowhere: the page for a person, a problem for a program, and never a page in place of a file. */
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
      // A room's address is its key: it belongs in nobody's index.
      'X-Robots-Tag': 'noindex, nofollow',
    },
  })
}
