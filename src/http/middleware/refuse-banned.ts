import type { MiddlewareHandler } from 'hono'
import { directoryOf } from '../../durable/Directory.ts'
import { adminTokenOf } from '../../platform/identity/admin-token.ts'
import type { NetworkBan } from '../../platform/sql/sql-directory.ts'
import { faultFields, log } from '../../platform/telemetry.ts'
import { callerOf } from '../caller.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem } from '../problem.ts'

/** For so long this part of the Worker goes by what it knows. */
const KNOWN_MS = 60_000

let known: { bans: ReadonlyMap<string, number>; at: number } = {
  bans: new Map(),
  at: Number.NEGATIVE_INFINITY,
}

/** Whoever is kept out of this whole Hallway gets no answer but that. Operators are let through: they bring a secret. */
export const refuseBanned: MiddlewareHandler<HttpEnv> = async (c, next) => {
  if (adminTokenOf(c.env) === undefined || c.req.path.startsWith('/api/admin/')) return next()
  const { network } = callerOf(c)
  const now = Date.now()
  if (network === undefined || ((await bansOf(c.env, now)).get(network) ?? 0) <= now) return next()
  return problem('banned', { detail: 'This address is kept out of this Hallway.' })
}

/** Until when each network is banned. It costs a request a minute of each part of the Worker that has visitors. */
async function bansOf(env: Env, now: number): Promise<ReadonlyMap<string, number>> {
  const age = now - known.at
  if (age >= 0 && age < KNOWN_MS) return known.bans
  try {
    const bans = await directoryOf(env).bans()
    known = { bans: new Map(bans.map(untilOf)), at: now }
  } catch (fault) {
    // What was known holds on; nobody is kept waiting for it again within the minute.
    log('error', 'bans not read', faultFields(fault))
    known = { ...known, at: now }
  }
  return known.bans
}

function untilOf({ network, until = Number.POSITIVE_INFINITY }: NetworkBan): [string, number] {
  return [network, until]
}
