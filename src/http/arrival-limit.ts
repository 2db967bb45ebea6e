import { throttlesOf } from '../platform/config.ts'
import { log, point } from '../platform/telemetry.ts'
import { type Bucket, fullBucket, takeToken } from '../room/model/token-bucket.ts'
import { networkOfRequest } from './middleware/network-quotas.ts'
import { headersOf, isFromHere } from './middleware/request-log.ts'
import { refusal } from './problem.ts'

const SOCKET_OF_A_ROOM = /^https?:\/\/[^/]+\/api\/rooms\/([^/?#]+)\/ws(?:[?#]|$)/
/** As many pairs of room and network are remembered, the latest. */
const MOST = 1_000
/** A refusal is held back for 0.5 to 1.5 times as long, which costs little here. */
const HOLD_MS = 1_000
/** So many are held at once: each is a connection that stays open meanwhile. */
const MOST_HELD = 100
/** So often the log says how many there were. */
const TOLD_EVERY_MS = 1_000

/**
 * What this isolate has seen come. It is no more than what the room has seen, so that nobody is refused here whom it
 * would take.
 */
const buckets = new Map<string, Bucket>()

/** When each refusal that is held back is told: whoever hangs up meanwhile is in here until then. */
const held = new Set<number>()

/** How many were turned away since the log last said so. */
const untold = { count: 0, since: Number.NEGATIVE_INFINITY }

/**
 * Who comes to a room faster than it lets anybody come is told so without waking it, and before anything else is done
 * for them: of a flood every answer counts. They are not told at once: a program that comes again whenever it is
 * refused does so the less often, and a crowd of them not all at the same moment.
 */
export function turnAway(request: Request, env: Env): Promise<Response> | undefined {
  const [, room] = SOCKET_OF_A_ROOM.exec(request.url) ?? []
  const network = networkOfRequest(request)
  // A page of another site may not use up what its visitor has here.
  if (room === undefined || network === undefined || !isFromHere(request)) return undefined
  const now = Date.now()
  const retryAfter = arrive(`${room} ${network}`, env, now)
  if (retryAfter === 0) return undefined
  tell(env, now)
  return refuse(retryAfter, now)
}

/** In how many ms whoever comes now may. */
function arrive(key: string, env: Env, now: number): number {
  const rate = throttlesOf(env).arrivals
  const { bucket, retryAfter } = takeToken(buckets.get(key) ?? fullBucket(rate, now), rate, now)
  buckets.delete(key)
  buckets.set(key, bucket)
  for (const oldest of buckets.keys()) {
    if (buckets.size <= MOST) break
    buckets.delete(oldest)
  }
  return retryAfter
}

async function refuse(retryAfter: number, now: number): Promise<Response> {
  await hold(now)
  const headers = { ...headersOf(crypto.randomUUID()), 'Cache-Control': 'no-store' }
  return refusal('rate-limited', { retryAfter, headers })
}

async function hold(now: number): Promise<void> {
  for (const until of held) if (until <= now) held.delete(until)
  if (held.size >= MOST_HELD) return
  const ms = HOLD_MS * (0.5 + Math.random())
  held.add(now + ms)
  await scheduler.wait(ms)
}

/** A line for each would be a flood of its own. */
function tell(env: Env, now: number): void {
  untold.count += 1
  const age = now - untold.since
  if (age >= 0 && age < TOLD_EVERY_MS) return
  log('info', 'turned away', { count: untold.count })
  point(env.ANALYTICS, 'turned away', { figures: [untold.count] })
  Object.assign(untold, { count: 0, since: now })
}
