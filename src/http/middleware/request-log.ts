import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { version } from '../../../package.json'
import { log, point } from '../../platform/telemetry.ts'
import type { HttpEnv } from '../http-env.ts'
import { codeOf } from '../problem.ts'

/** Gives each request an id, and writes one line to the log when it is answered. */
export const requestLog: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const started = Date.now()
  const requestId = crypto.randomUUID()
  c.set('requestId', requestId)
  await next()
  const { status } = c.res
  const { method } = c.req
  const route = routePath(c, -1)
  const code = codeOf(c.res)
  const ms = Date.now() - started
  log('info', 'request', { method, route, status, code, ms, colo: coloOf(c.req.raw), version, requestId })
  const labels = [method, route, code ?? '', version]
  point(c.env.ANALYTICS, 'request', { labels, figures: [status, ms] })
}

/** The data centre that answered: the closest to a place that the log may hold. */
function coloOf({ cf }: Request): string | undefined {
  return typeof cf?.colo === 'string' ? cf.colo : undefined
}
