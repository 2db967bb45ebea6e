import * as v from 'valibot'
import { parseJson } from './frame.ts'
import { LIMITS } from './limits.ts'
import { moderation, newLink, ownSettings, redemption, report, settingsChange } from './moderation.ts'
import { operatorBan, ownershipTransfer } from './operator.ts'

/** The bodies of requests over HTTP. As in frames, unknown fields are ignored. */
export const bodies = {
  redeem: v.object({ code: v.pipe(v.string(), v.maxLength(LIMITS.transferCodeLength)) }),
  settingsChange,
  moderation,
  report,
  newLink,
  ownSettings,
  redemption,
  ownershipTransfer: ownershipTransfer,
  operatorBan,
  challenge: v.object({
    token: v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.challengeTokenLength)),
  }),
} as const

export type BodyKind = keyof typeof bodies
export type Body<K extends BodyKind> = v.InferOutput<(typeof bodies)[K]>

/** Parses the body of a request, or says where its shape is wrong. The caller has checked the size. */
export function parseBody<K extends BodyKind>(
  kind: K,
  text: string,
): { ok: true; body: Body<K> } | { ok: false; detail: string } {
  const value = parseJson(text)
  // To valibot an array is an object too.
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, detail: 'Send the body as one JSON object.' }
  const result = v.safeParse(bodies[kind], value, { abortEarly: true })
  if (!result.success) return { ok: false, detail: v.getDotPath(result.issues[0]) ?? kind }
  return { ok: true, body: result.output as Body<K> }
}
