import { type Context, Hono } from 'hono'
import { cacheControl } from '../protocol/headers.ts'
import { parseRoomName, roomPath } from '../protocol/names.ts'
import type { App } from './app.ts'
import { problem } from './problem.ts'

/** Addresses that a person opens. All of them are one page, which finds out by itself what to show. */
export const pages = new Hono<App>()

pages.get('/r/:room', async (c) => {
  const asked = c.req.param('room')
  const room = parseRoomName(asked)
  if (room === undefined) return page(c, 404)
  return room === asked ? page(c, 200) : c.redirect(roomPath(room), 308)
})

/** What is nowhere: the page for a person, a problem for a program, and never a page in place of a file. */
export function notFound(c: Context<App>): Response | Promise<Response> {
  const { path, method } = c.req
  const isPage =
    method === 'GET' && !/^\/(api|assets)\//.test(path) && c.req.header('Accept')?.includes('text/html')
  return isPage ? page(c, 404) : problem('not-found')
}

async function page(c: Context<App>, status: 200 | 404): Promise<Response> {
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
