import { Hono } from 'hono'
import { version } from '../package.json'
import type { App } from './http/app.ts'
import { notFound, pages } from './http/pages.ts'
import { problem } from './http/problem.ts'
import { rooms } from './http/rooms.ts'
import { session } from './http/session.ts'
import { notStored, sameOrigin, surroundings } from './http/surroundings.ts'
import { faultFields, log } from './platform/telemetry.ts'

export { Room } from './durable/Room.ts'

const app = new Hono<App>()

app.use(surroundings)
app.use('/api/*', notStored, session)

app.get('/healthz', (c) => c.json({ status: 'ok', version }, 200, { 'Cache-Control': 'no-store' }))
app.post('/api/session', sameOrigin, (c) => {
  c.set('renewSession', true)
  return c.body(null, 204)
})
app.route('/api/rooms', rooms)
app.route('/', pages)

app.notFound(notFound)
app.onError((fault, c) => {
  log('error', 'request failed', { ...faultFields(fault), requestId: c.get('requestId') })
  return problem('internal')
})

export default app
