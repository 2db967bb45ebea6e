import { dayUnitsOf } from '../platform/config.ts'
import { faultFields, log } from '../platform/telemetry.ts'
import { quotaOf } from './Quota.ts'

/** How long an isolate goes by the last answer. */
const KNOWN_MS = 60_000
/** An isolate tells what was used when it is this share of the day. */
const TELL_SHARE = 1 / 100

/** What this isolate has not told yet of what networks used. */
let untold = 0
let known = { until: 0, at: Number.NEGATIVE_INFINITY }

/** Counts units of the operator's budget for a day. Networks have paid for them. */
export async function countForDay(env: Env, units: number): Promise<void> {
  const limit = dayUnitsOf(env)
  if (limit === Number.POSITIVE_INFINITY) return
  untold += units
  if (untold >= limit * TELL_SHARE) await tell(env, limit)
}

/** In how many ms the next day begins, if this one's budget is used up; otherwise 0. */
export async function dayIsUsedUp(env: Env): Promise<number> {
  const limit = dayUnitsOf(env)
  if (limit === Number.POSITIVE_INFINITY) return 0
  const age = Date.now() - known.at
  if (age < 0 || age >= KNOWN_MS) await tell(env, limit)
  return Math.max(0, known.until - Date.now())
}

/** The budget is kept like that of a network, and is one of all. */
async function tell(env: Env, limit: number): Promise<void> {
  const owed = Math.max(0, untold)
  untold = 0
  const now = Date.now()
  known = { ...known, at: now }
  try {
    const day = quotaOf(env, 'day')
    const asked = { want: 0, owed, parts: [], shareOfRest: 0, limit }
    const { units, retryAfter } = await day.lease(asked)
    // Less is left than was used, so nothing is: other isolates are to hear it too.
    if (units === 0 && owed > 0) await day.lease({ ...asked, want: limit, owed: 0 })
    known = { until: units > 0 ? 0 : now + retryAfter, at: now }
  } catch (fault) {
    untold += owed
    log('error', 'budget of the day not asked', faultFields(fault))
  }
}
