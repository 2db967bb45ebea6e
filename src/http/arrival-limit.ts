import { getPath, tryDecodeURIComponent } from 'hono/utils/url'
import { throttlesOf } from '../platform/config.ts'
import { log, point } from '../platform/telemetry.ts'
import { parseRoomName } from '../protocol/names.ts'
import { type Bucket, fullBucket, takeToken } from '../room/model/token-bucket.ts'
import { isOver } from '../room/model/waits.ts'
import { networkOfRequest } from './caller.ts'
import { commonHeaders } from './middleware/response-headers.ts'
import { isSameOrigin } from './middleware/same-origin.ts'
import { refusal } from './problem.ts'

const ROOM_SOCKET_PATH = /^\/api\/rooms\/([^/]+)\/ws$/
/** How many pairs of room and network are remembered, the latest. */
const MOST_BUCKETS = 1_000
/** A refusal is delayed by 0.5 to 1.5 times this, which costs little here. */
const DELAY_MS = 1_000
const MOST_DELAY_MS = 1.5 * DELAY_MS
/** How many refusals are delayed at once: each keeps a connection open. */
const MOST_DELAYED = 100
const LOG_EVERY_MS = 1_000

/** The arrivals that this isolate has seen: never more than the room has, so nobody is refused whom it would take. */
const buckets = new Map<string, Bucket>()

/** When each delayed refusal is sent. One whose client hangs up stays here until then. */
const delayedUntil = new Set<number>()

/** Refusals since the last line in the log. */
const unlogged = { count: 0, since: Number.NEGATIVE_INFINITY }

/**
 * Refuses a network that opens sockets in a room faster than the room allows. This comes before everything else and
 * does not wake the room: in a flood every response counts. Refusals are delayed, each by another time, so that
 * programs that try again at once do so less often and not all together.
 */
export function refuseFastArrivals(request: Request, env: Env): Promise<Response> | undefined {
  const room = roomOfSocket(request)
  const network = networkOfRequest(request, env)
  // A page of another site must not use up its visitor's arrivals.
  if (room === undefined || network === undefined || !isSameOrigin(request)) return undefined
  const now = Date.now()
  const retryAfter = takeArrival(`${room} ${network}`, env, now)
  if (retryAfter === 0) return undefined
  logRefusal(env, now)
  return refuse(request, retryAfter, now)
}

/**
 * The room that a socket is for, by its one name: the router decodes paths and folds names, so a room has many spellings.
 * Undefined for another path, and for a name that no room can have.
 */
function roomOfSocket(request: Request): string | undefined {
  const [, name] = ROOM_SOCKET_PATH.exec(getPath(request)) ?? []
  return name === undefined ? undefined : parseRoomName(tryDecodeURIComponent(name))
}

/** How many ms the next arrival has to wait. */
function takeArrival(key: string, env: Env, now: number): number {
  const rate = throttlesOf(env).arrivals
  const { bucket, retryAfter } = takeToken(buckets.get(key) ?? fullBucket(rate, now), rate, now)
  buckets.delete(key)
  buckets.set(key, bucket)
  for (const oldest of buckets.keys()) {
    if (buckets.size <= MOST_BUCKETS) break
    buckets.delete(oldest)
  }
  return retryAfter
}

async function refuse(request: Request, retryAfter: number, now: number): Promise<Response> {
  await delay(now)
  const headers = { ...commonHeaders(request, crypto.randomUUID()), 'Cache-Control': 'no-store' }
  return refusal('rate-limited', { retryAfter, headers })
}

async function delay(now: number): Promise<void> {
  for (const until of delayedUntil) if (isOver(until, now, MOST_DELAY_MS)) delayedUntil.delete(until)
  if (delayedUntil.size >= MOST_DELAYED) return
  const ms = DELAY_MS * (0.5 + Math.random())
  delayedUntil.add(now + ms)
  await scheduler.wait(ms)
}

/** At most one line a second: a line for each refusal would be a flood of its own. */
function logRefusal(env: Env, now: number): void {
  unlogged.count += 1
  const age = now - unlogged.since
  if (age >= 0 && age < LOG_EVERY_MS) return
  log('info', 'turned away', { count: unlogged.count })
  point(env.ANALYTICS, 'turned away', { figures: [unlogged.count] })
  Object.assign(unlogged, { count: 0, since: now })
}
