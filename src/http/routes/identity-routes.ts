import { Hono } from 'hono'
import { newTransferCode, objectName } from '../../platform/identity/ids.ts'
import { seal, unseal } from '../../platform/identity/seal.ts'
import { objectOf } from '../../platform/places.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { TRANSFER_PATH } from '../../protocol/names.ts'
import type { HttpEnv } from '../http-env.ts'
import { jsonBody } from '../json-body.ts'
import { limitRedemptions, limitTransferLinks } from '../middleware/network-quotas.ts'
import { passChallenge } from '../middleware/require-human.ts'
import { sameOrigin } from '../middleware/same-origin.ts'
import { sessionTokenOf } from '../middleware/session-cookie.ts'
import { problem } from '../problem.ts'

/** `/api/session`: get an identity, move it to another device, and remove it from this one. */
export const identityRoutes = new Hono<HttpEnv>()

identityRoutes.post('/', sameOrigin, (c) => {
  c.set('cookie', 'renew')
  const token = c.get('shownToken')
  // A page that keeps no cookie asks for the token itself. One that sent a cookie never gets what is in it.
  if (token !== undefined && c.req.header('Accept') === 'application/json') return c.json({ token })
  return c.body(null, 204)
})

identityRoutes.delete('/', sameOrigin, (c) => {
  c.set('cookie', 'clear')
  return c.body(null, 204)
})

identityRoutes.post('/moves', sameOrigin, limitTransferLinks, async (c) => {
  const token = sessionTokenOf(c)
  if (token === undefined)
    return problem('forbidden', { detail: 'This browser has no identity to move. Join a room first.' })
  const code = newTransferCode()
  const expiresAt = Date.now() + LIMITS.transferMs
  const sealed = await seal(token, code)
  await (await transferOf(c.env, code)).keep({ sealed, expiresAt })
  // Browsers send no server what is behind the `#`, so the code reaches no log.
  return c.json({ url: new URL(`${TRANSFER_PATH}#${code}`, c.req.url).href, expiresAt }, 201)
})

identityRoutes.post('/moves/redeem', sameOrigin, limitRedemptions, async (c) => {
  const body = await jsonBody(c, 'redeem')
  if (body instanceof Response) return body
  const sealed = await (await transferOf(c.env, body.code)).take()
  const token = sealed && (await unseal(sealed, body.code))
  if (token === undefined) return problem('not-found')
  c.set('cookie', { become: token })
  return c.body(null, 204)
})

identityRoutes.post('/challenge', sameOrigin, passChallenge)

async function transferOf(env: Env, code: string) {
  return objectOf(env.HANDOVERS, await objectName('move', code), env)
}
