import { Hono } from 'hono'
import { version } from '../../package.json'
import { faultFields, log } from '../platform/telemetry.ts'
import { admin } from './admin.ts'
import { apiRate } from './api-rate.ts'
import type { App } from './app.ts'
import { banned } from './banned.ts'
import { humansOnly } from './challenge.ts'
import { governance } from './governance.ts'
import { identity } from './identity.ts'
import { notFound, pages } from './pages.ts'
import { problem } from './problem.ts'
import { rooms } from './rooms.ts'
import { session } from './session.ts'
import { notStored, surroundings } from './surroundings.ts'

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
