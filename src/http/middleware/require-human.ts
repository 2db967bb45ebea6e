import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { serialize } from 'hono/utils/cookie'
import { turnstileOf } from '../../platform/config.ts'
import { humanNote, isHuman } from '../../platform/identity/human.ts'
import { verifies } from '../../platform/identity/verify-turnstile.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { parseRoomName } from '../../protocol/names.ts'
import { callerOf } from '../caller.ts'
import type { HttpEnv } from '../http-env.ts'
import { jsonBody } from '../json-body.ts'
import { problem } from '../problem.ts'

const NAME = 'hallway-human'

/**
 * Where an operator has set Turnstile up: whoever is new to an open room passes its challenge first. Those who have been
 * there, and the two of a private room, are asked nothing.
 */
export const humansOnly: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const turnstile = turnstileOf(c.env)
  const room = parseRoomName(c.req.param('room') ?? '')
  if (turnstile === undefined || room === undefined) return next()
  const note = getCookie(c, NAME, isSecure(c) ? 'host' : undefined) ?? ''
  const session = c.get('session')
  if (await isHuman(note, { session, secret: turnstile.secret, now: Date.now() })) return next()
  if (!(await c.env.ROOMS.getByName(room).isNewTo(callerOf(c)))) return next()
  return problem('challenge', { siteKey: turnstile.siteKey })
}

/** A token of Turnstile's for a cookie that says so for some days. */
export async function passChallenge(c: Context<HttpEnv>): Promise<Response> {
  const turnstile = turnstileOf(c.env)
  if (turnstile === undefined) return problem('not-found')
  const body = await jsonBody(c, 'challenge')
  if (body instanceof Response) return body
  if (!(await verifies(body.token, turnstile.secret)))
    return problem('challenge', { siteKey: turnstile.siteKey })
  const note = await humanNote(c.get('session'), Date.now() + LIMITS.humanMs, turnstile.secret)
  const options = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: LIMITS.humanMs / 1_000 } as const
  const cookie = isSecure(c)
    ? serialize(`__Host-${NAME}`, note, { ...options, secure: true })
    : serialize(NAME, note, options)
  return new Response(null, { status: 204, headers: { 'Set-Cookie': cookie } })
}

function isSecure(c: Context<HttpEnv>): boolean {
  return c.req.url.startsWith('https:')
}
