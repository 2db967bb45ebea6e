import { type Context, Hono } from 'hono'
import { version } from '../../package.json'
import { faultFields, log } from '../platform/telemetry.ts'
import type { HttpEnv } from './http-env.ts'
import { apiRate } from './middleware/api-rate.ts'
import { noStore } from './middleware/no-store.ts'
import { payForCall } from './middleware/pay-for-call.ts'
import { refuseBanned, refuseBannedPerson } from './middleware/refuse-banned.ts'
import { requestLog } from './middleware/request-log.ts'
import { requireHuman } from './middleware/require-human.ts'
import { responseHeaders } from './middleware/response-headers.ts'
import { sessionCookie } from './middleware/session-cookie.ts'
import { problem } from './problem.ts'
import { adminRoutes } from './routes/admin-routes.ts'
import { identityRoutes } from './routes/identity-routes.ts'
import { moderationRoutes } from './routes/moderation-routes.ts'
import { notFound, pageRoutes } from './routes/page-routes.ts'
import { roomRoutes } from './routes/room-routes.ts'
import { unavailable } from './unavailable.ts'

/** Every route, and the middleware in front of it. */
export const routes = new Hono<HttpEnv>()

routes.use(requestLog, responseHeaders)
routes.use('/api/*', noStore, apiRate, refuseBanned, payForCall, sessionCookie, refuseBannedPerson)

routes.get('/healthz', (c) => c.json({ status: 'ok', version }, 200, { 'Cache-Control': 'no-store' }))
routes.route('/api/session', identityRoutes)
routes.route('/api/admin', adminRoutes)
routes.use('/api/rooms/:room/*', requireHuman)
routes.route('/api/rooms', roomRoutes)
routes.route('/api/rooms', moderationRoutes)
routes.route('/', pageRoutes)

routes.notFound((c) => refusesMethod(c) ?? notFound(c))
routes.onError((fault, c) => {
  log('error', 'request failed', { ...faultFields(fault), requestId: c.get('requestId') })
  return unavailable(fault, Date.now()) ?? problem('internal')
})

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The refusal of a method at an address that takes others. Without the operator's secret the admin API looks missing. */
function refusesMethod(c: Context<HttpEnv>): Response | undefined {
  const { path, method } = c.req
  if (path.startsWith('/api/admin/')) return undefined
  const allowed = METHODS.filter((name) =>
    routes.router.match(name, path)[0].some(([[, route]]) => route.method === name),
  ).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]))
  if (allowed.length === 0 || allowed.includes(method)) return undefined
  const Allow = allowed.join(', ')
  const title = 'This address does not take this method.'
  return problem('not-found', { status: 405, title, detail: `It takes ${Allow}.`, headers: { Allow } })
}
