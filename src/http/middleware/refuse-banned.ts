import type { Context, MiddlewareHandler } from 'hono'
import { directoryOf } from '../../durable/Directory.ts'
import { adminTokenOf } from '../../platform/identity/admin-token.ts'
import type { Ban } from '../../platform/sql/sql-directory.ts'
import { faultFields, log } from '../../platform/telemetry.ts'
import { networkOfRequest } from '../caller.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem } from '../problem.ts'

/** How long this isolate uses the list of bans before it reads it again. */
const KNOWN_MS = 60_000

let known: { bans: ReadonlyMap<string, number>; at: number } = {
  bans: new Map(),
  at: Number.NEGATIVE_INFINITY,
}

/** Refuses networks that the operator has banned. The admin API stays open: its callers bring a secret. */
export const refuseBanned: MiddlewareHandler<HttpEnv> = async (c, next) =>
  (await isBanned(c, networkOfRequest(c.req.raw, c.env))) ? refusal('your network') : next()

/** Refuses people whom the operator has banned, likewise, by the identity in their cookie. */
export const refuseBannedPerson: MiddlewareHandler<HttpEnv> = async (c, next) =>
  (await isBanned(c, c.get('session'))) ? refusal('you') : next()

async function isBanned({ env, req }: Context<HttpEnv>, who: string | undefined): Promise<boolean> {
  if (who === undefined || adminTokenOf(env) === undefined || req.path.startsWith('/api/admin/')) return false
  const now = Date.now()
  return ((await bansOf(env, now)).get(who) ?? 0) > now
}

function refusal(whom: string): Response {
  return problem('banned', {
    detail: `The operator of this site has banned ${whom}. Write to them if you think this is a mistake.`,
  })
}

/** Until when each network and each session is banned. No session is written like a network. Each isolate with visitors asks for it once a minute. */
async function bansOf(env: Env, now: number): Promise<ReadonlyMap<string, number>> {
  const age = now - known.at
  if (age >= 0 && age < KNOWN_MS) return known.bans
  try {
    const bans = await directoryOf(env).bans()
    known = { bans: new Map(bans.map(untilOf)), at: now }
  } catch (fault) {
    // The old list stays in use. Nobody waits for another try within the minute.
    log('error', 'bans not read', faultFields(fault))
    known = { ...known, at: now }
  }
  return known.bans
}

function untilOf(ban: Ban): [string, number] {
  return ['network' in ban ? ban.network : ban.session, ban.until ?? Number.POSITIVE_INFINITY]
}
