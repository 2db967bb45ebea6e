import { Hono } from 'hono'
import { version } from '../package.json'
import { admin } from './http/admin.ts'
import { apiRate } from './http/api-rate.ts'
import type { App } from './http/app.ts'
import { arrivalsByNetwork } from './http/arrivals.ts'
import { banned } from './http/banned.ts'
import { humansOnly } from './http/challenge.ts'
import { governance } from './http/governance.ts'
import { identity } from './http/identity.ts'
import { notFound, pages } from './http/pages.ts'
import { problem } from './http/problem.ts'
import { rooms } from './http/rooms.ts'
import { session } from './http/session.ts'
import { notStored, sameOrigin, surroundings } from './http/surroundings.ts'
import { faultFields, log } from './platform/telemetry.ts'

export { Directory } from './durable/Directory.ts'
export { Handover } from './durable/Handover.ts'
export { Quota } from './durable/Quota.ts'
export { Room } from './durable/Room.ts'

const app = new Hono<App>()

app.use(surroundings)
app.use('/api/*', notStored)
// Before anything that costs: whoever comes in a rush is to cost as little as can be.
app.get('/api/rooms/:room/ws', sameOrigin, arrivalsByNetwork)
app.use('/api/*', apiRate, banned, session)

app.get('/healthz', (c) => c.json({ status: 'ok', version }, 200, { 'Cache-Control': 'no-store' }))
app.route('/api/session', identity)
app.route('/api/admin', admin)
app.get('/api/rooms/:room', humansOnly)
app.get('/api/rooms/:room/ws', humansOnly)
app.route('/api/rooms', rooms)
app.route('/api/rooms', governance)
app.route('/', pages)

app.notFound(notFound)
app.onError((fault, c) => {
  log('error', 'request failed', { ...faultFields(fault), requestId: c.get('requestId') })
  return problem('internal')
})

export default app
