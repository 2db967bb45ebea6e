import { Hono } from 'hono'
import { hashedName, newMoveCode } from '../../platform/identity/ids.ts'
import { seal, unseal } from '../../platform/identity/seal.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { MOVE_PATH } from '../../protocol/names.ts'
import type { HttpEnv } from '../http-env.ts'
import { jsonBody } from '../json-body.ts'
import { movesByNetwork, redemptionsByNetwork } from '../middleware/network-quotas.ts'
import { sameOrigin } from '../middleware/request-log.ts'
import { passChallenge } from '../middleware/require-human.ts'
import { broughtToken } from '../middleware/session-cookie.ts'
import { problem } from '../problem.ts'

/** `/api/session`: having an identity, taking it to another device, and leaving this one. */
export const identityRoutes = new Hono<HttpEnv>()

identityRoutes.post('/', sameOrigin, (c) => {
  c.set('cookie', 'renew')
  return c.body(null, 204)
})

identityRoutes.delete('/', sameOrigin, (c) => {
  c.set('cookie', 'clear')
  return c.body(null, 204)
})

identityRoutes.post('/moves', sameOrigin, movesByNetwork, async (c) => {
  const token = broughtToken(c)
  if (token === undefined) return problem('forbidden', { detail: 'There is no identity here to move.' })
  const code = newMoveCode()
  const expiresAt = Date.now() + LIMITS.moveMs
  const sealed = await seal(token, code)
  await (await handover(c.env, code)).keep({ sealed, expiresAt })
  // Behind the `#`, where it is sent to no server and reaches no log.
  return c.json({ url: new URL(`${MOVE_PATH}#${code}`, c.req.url).href, expiresAt }, 201)
})

identityRoutes.post('/moves/redeem', sameOrigin, redemptionsByNetwork, async (c) => {
  const body = await jsonBody(c, 'redeem')
  if (body instanceof Response) return body
  const sealed = await (await handover(c.env, body.code)).take()
  const token = sealed && (await unseal(sealed, body.code))
  if (token === undefined) return problem('not-found')
  c.set('cookie', { become: token })
  return c.body(null, 204)
})

identityRoutes.post('/challenge', sameOrigin, passChallenge)

async function handover(env: Env, code: string) {
  return env.HANDOVERS.getByName(await hashedName('move', code))
}
