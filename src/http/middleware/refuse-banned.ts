import type { MiddlewareHandler } from 'hono'
import { directoryOf } from '../../durable/Directory.ts'
import { adminTokenOf } from '../../platform/identity/admin-token.ts'
import type { NetworkBan } from '../../platform/sql/sql-directory.ts'
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
export const refuseBanned: MiddlewareHandler<HttpEnv> = async (c, next) => {
  if (adminTokenOf(c.env) === undefined || c.req.path.startsWith('/api/admin/')) return next()
  const network = networkOfRequest(c.req.raw, c.env)
  const now = Date.now()
  if (network === undefined || ((await bansOf(c.env, now)).get(network) ?? 0) <= now) return next()
  return problem('banned', {
    detail:
      'The operator of this site has banned your network. Write to them if you think this is a mistake.',
  })
}

/** Until when each network is banned. Each isolate with visitors asks for it once a minute. */
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

function untilOf({ network, until = Number.POSITIVE_INFINITY }: NetworkBan): [string, number] {
  return [network, until]
}
