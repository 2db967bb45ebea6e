import { Hono } from 'hono'
import { version } from '../../package.json'
import { faultFields, log } from '../platform/telemetry.ts'
import type { App } from './http-env.ts'
import { apiRate } from './middleware/api-rate.ts'
import { banned } from './middleware/banned.ts'
import { humansOnly } from './middleware/challenge.ts'
import { notStored, surroundings } from './middleware/request-log.ts'
import { session } from './middleware/session-cookie.ts'
import { problem } from './problem.ts'
import { admin } from './routes/admin-routes.ts'
import { identity } from './routes/identity-routes.ts'
import { governance } from './routes/moderation-routes.ts'
import { notFound, pages } from './routes/page-routes.ts'
import { rooms } from './routes/room-routes.ts'

/** Every address there is, and what each request passes on its way to it. */
export const routes = new Hono<App>()

routes.use(surroundings)
routes.use('/api/*', notStored, apiRate, banned, session)

routes.get('/healthz', (c) => c.json({ status: 'ok', version }, 200, { 'Cache-Control': 'no-store' }))
routes.route('/api/session', identity)
routes.route('/api/admin', admin)
routes.get('/api/rooms/:room', humansOnly)
routes.get('/api/rooms/:room/ws', humansOnly)
routes.route('/api/rooms', rooms)
routes.route('/api/rooms', governance)
routes.route('/', pages)

routes.notFound(notFound)
routes.onError((fault, c) => {
  log('error', 'request failed', { ...faultFields(fault), requestId: c.get('requestId') })
  return problem('internal')
})
