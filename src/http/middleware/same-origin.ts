import type { MiddlewareHandler } from 'hono'
import type { HttpEnv } from '../http-env.ts'
import { problem } from '../problem.ts'

/** Refuses what a page of another site sends in its visitor's name. */
export const sameOrigin: MiddlewareHandler<HttpEnv> = async (c, next) => {
  if (isSameOrigin(c.req.raw)) return next()
  return problem('forbidden', {
    detail: 'A page of another site sent this. Send it from a page of this one.',
  })
}

/** True for requests of this site's pages, and of programs. */
export function isSameOrigin({ headers, url }: Request): boolean {
  const origin = headers.get('Origin')
  if (origin !== null) return origin === new URL(url).origin
  // Browsers that leave `Origin` out send `Sec-Fetch-Site`. Programs send neither.
  return (headers.get('Sec-Fetch-Site') ?? 'same-origin') === 'same-origin'
}
