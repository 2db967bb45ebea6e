import type { MiddlewareHandler } from 'hono'
import type { HttpEnv } from '../http-env.ts'

/** Keeps responses out of caches: an answer of the API is for one person, and soon out of date. */
export const noStore: MiddlewareHandler<HttpEnv> = async (c, next) => {
  await next()
  c.res.headers.set('Cache-Control', 'no-store')
}
