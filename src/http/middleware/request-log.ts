import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { version } from '../../../package.json'
import { log, point } from '../../platform/telemetry.ts'
import { securityHeaders } from '../../protocol/headers.ts'
import type { HttpEnv } from '../http-env.ts'
import { codeOf, problem } from '../problem.ts'

/** What every answer of the Worker has: a request id, the security headers, and one line in the log. */
export const requestLog: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const started = Date.now()
  const requestId = crypto.randomUUID()
  c.set('requestId', requestId)
  await next()
  const { headers, status } = c.res
  for (const [name, value] of Object.entries(headersOf(requestId))) headers.set(name, value)
  const policy = c.get('policy')
  if (policy !== undefined) headers.set('Content-Security-Policy', policy)
  const { method } = c.req
  const route = routePath(c, -1)
  const code = codeOf(c.res)
  const ms = Date.now() - started
  log('info', 'request', { method, route, status, code, ms, colo: coloOf(c.req.raw), version, requestId })
  const labels = [method, route, code ?? '', version]
  point(c.env.ANALYTICS, 'request', { labels, figures: [status, ms] })
}

/** The headers that all answers have. */
export function headersOf(requestId: string): Record<string, string> {
  return { ...securityHeaders, 'X-Request-Id': requestId }
}

/** The data centre that answered: as near to where someone is as a log may know. */
function coloOf({ cf }: Request): string | undefined {
  return typeof cf?.colo === 'string' ? cf.colo : undefined
}

/** A page of another site may not speak for its visitor: what a browser sends from elsewhere is refused. */
export const sameOrigin: MiddlewareHandler<HttpEnv> = async (c, next) => {
  if (isFromHere(c.req.raw)) return next()
  return problem('forbidden', { detail: 'This was asked from a page of another site.' })
}

/** Whether a request was not made by a page of another site. */
export function isFromHere({ headers, url }: Request): boolean {
  const origin = headers.get('Origin')
  if (origin !== null) return origin === new URL(url).origin
  // Where a browser should leave it out it says the same in another way; a program says neither.
  return (headers.get('Sec-Fetch-Site') ?? 'same-origin') === 'same-origin'
}

/** Answers of the API are one person's, and of the moment. */
export const notStored: MiddlewareHandler<HttpEnv> = async (c, next) => {
  await next()
  c.res.headers.set('Cache-Control', 'no-store')
}
