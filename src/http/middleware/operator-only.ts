import type { MiddlewareHandler } from 'hono'
import { adminTokenOf } from '../../platform/identity/admin-token.ts'
import { AttemptLimit } from '../attempt-limit.ts'
import { networkOfRequest } from '../caller.ts'
import type { HttpEnv } from '../http-env.ts'

const MOST_WRONG_TOKENS = 5

/** Wrong tokens that this isolate has seen. */
const attempts = new AttemptLimit(MOST_WRONG_TOKENS)

/** Lets requests with the operator's secret through. For all others, and if no secret is set, the API looks missing. */
export const operatorOnly: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const token = adminTokenOf(c.env)
  if (token === undefined) return c.notFound()
  const from = networkOfRequest(c.req.raw, c.env)
  const sent = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '')?.[1]
  // After too many wrong guesses the right one is refused too, for a while. Callers whose address nobody reports are not
  // counted together: anyone could lock the operator out. The secret is too long to be guessed.
  if (sent === undefined || (from !== undefined && attempts.wait(from, Date.now()) > 0)) return c.notFound()
  if (await isSame(sent, token)) return next()
  if (from !== undefined) attempts.count(from, Date.now())
  return c.notFound()
}

/** Compares two secrets in a time that does not tell where they differ. */
async function isSame(secret: string, other: string): Promise<boolean> {
  const hash = (text: string) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return crypto.subtle.timingSafeEqual(await hash(secret), await hash(other))
}
