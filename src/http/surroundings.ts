import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { log } from '../platform/telemetry.ts'
import { securityHeaders } from '../protocol/headers.ts'
import type { App } from './app.ts'
import { problem } from './problem.ts'

/** What every answer of the Worker has: a request id, the security headers, and one line in the log. */
export const surroundings: MiddlewareHandler<App> = async (c, next) => {
  const started = Date.now()
  const requestId = crypto.randomUUID()
  c.set('requestId', requestId)
  await next()
  const { headers, status } = c.res
  for (const [name, value] of Object.entries(securityHeaders)) headers.set(name, value)
  headers.set('X-Request-Id', requestId)
  const fields = {
    method: c.req.method,
    route: routePath(c, -1),
    status,
    ms: Date.now() - started,
    requestId,
  }
  log('info', 'request', fields)
}

/** A page of another site may not speak for its visitor: what a browser sends from elsewhere is refused. */
export const sameOrigin: MiddlewareHandler<App> = async (c, next) => {
  const origin = c.req.header('Origin')
  if (origin !== undefined && origin !== new URL(c.req.url).origin) {
    return problem('forbidden', { detail: 'This was asked from a page of another site.' })
  }
  return next()
}

/** Answers of the API are one person's, and of the moment. */
export const notStored: MiddlewareHandler<App> = async (c, next) => {
  await next()
  c.res.headers.set('Cache-Control', 'no-store')
}
