import type { Context, MiddlewareHandler } from 'hono'
import { roomOf } from '../../durable/room/unbegun-room.ts'
import { turnstileOf } from '../../platform/config.ts'
import { isValidChallengePass, signChallengePass } from '../../platform/identity/challenge-pass.ts'
import { verifyTurnstile } from '../../platform/identity/verify-turnstile.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { parseRoomName } from '../../protocol/names.ts'
import { AttemptLimit } from '../attempt-limit.ts'
import { callerOf, networkOfRequest } from '../caller.ts'
import { cookieHeader, readCookies } from '../cookies.ts'
import type { HttpEnv } from '../http-env.ts'
import { jsonBody } from '../json-body.ts'
import { problem } from '../problem.ts'

const COOKIE = 'hallway-human'
/** Over http a site on another port can add cookies of the same name. Each costs a signature to check. */
const MOST_NOTES = 3
/** For a crowd behind one address, who all come at once. */
const CHALLENGES_A_MINUTE = 100

/**
 * Where an operator has set up Turnstile, new visitors of an open room pass its challenge first. People who have been
 * there before, and the two of a private room, do not.
 */
export const requireHuman: MiddlewareHandler<HttpEnv> = async (c, next) => {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next()
  const turnstile = turnstileOf(c.env)
  const room = parseRoomName(c.req.param('room') ?? '')
  if (turnstile === undefined || room === undefined) return next()
  const who = { session: c.get('session'), secret: turnstile.secret, now: Date.now() }
  const notes = readCookies(c, COOKIE).slice(0, MOST_NOTES)
  const valid = await Promise.all(notes.map((note) => isValidChallengePass(note, who)))
  if (valid.includes(true)) return next()
  if (!(await (await roomOf(c.env, room)).isNewTo(callerOf(c)))) return next()
  return problem('challenge', { siteKey: turnstile.siteKey })
}

/** The challenges of each network. Each is a request to Turnstile. */
const challenges = new AttemptLimit(CHALLENGES_A_MINUTE)

/** Trades a token of Turnstile for a cookie that is good for some days. */
export async function passChallenge(c: Context<HttpEnv>): Promise<Response> {
  const turnstile = turnstileOf(c.env)
  if (turnstile === undefined) return problem('not-found')
  const body = await jsonBody(c, 'challenge')
  if (body instanceof Response) return body
  const network = networkOfRequest(c.req.raw, c.env)
  const now = Date.now()
  const retryAfter = network === undefined ? 0 : challenges.wait(network, now)
  if (retryAfter > 0) return problem('rate-limited', { retryAfter })
  if (network !== undefined) challenges.count(network, now)
  if (!(await verifyTurnstile(body.token, turnstile.secret)))
    return problem('challenge', { siteKey: turnstile.siteKey })
  const value = await signChallengePass(c.get('session'), Date.now() + LIMITS.humanMs, turnstile.secret)
  const cookie = cookieHeader(c, { name: COOKIE, value, maxAgeSeconds: LIMITS.humanMs / 1_000 })
  return new Response(null, { status: 204, headers: { 'Set-Cookie': cookie } })
}
