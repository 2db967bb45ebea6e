import * as v from 'valibot'
import { LIMITS } from './limits.ts'
import { RETENTIONS } from './retentions.ts'
import { ROLES } from './roles.ts'

/** What is asked of a room over HTTP by those who look after it, and by people about themselves. */
const text = v.string()
const by = v.pipe(text, v.minLength(1), v.maxLength(LIMITS.byLength))
const ms = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(max))
const reason = v.optional(v.pipe(text, v.maxLength(LIMITS.reasonLength)))

/** `PATCH /api/rooms/:room`: what is left out stays as it is. */
export const settingsChange = v.partial(
  v.object({
    title: v.pipe(text, v.maxLength(LIMITS.titleLength)),
    welcome: v.pipe(text, v.maxLength(LIMITS.welcomeLength)),
    locked: v.boolean(),
    slowMs: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LIMITS.slowMsMax)),
    retention: v.picklist(RETENTIONS),
    access: v.picklist(['open', 'invite']),
  }),
)
export type SettingsChange = v.InferOutput<typeof settingsChange>

/** `POST /api/rooms/:room/moderation`: something is done about someone, or undone. */
export const moderation = v.variant('action', [
  v.object({ action: v.literal('kick'), by, reason }),
  v.object({ action: v.literal('mute'), by, ms: ms(LIMITS.muteMsMax), reason }),
  v.object({ action: v.literal('unmute'), by }),
  /** For good, or for `ms`; with `network` also nobody new comes from where they are. */
  v.object({
    action: v.literal('ban'),
    by,
    ms: v.optional(ms(Number.MAX_SAFE_INTEGER)),
    network: v.optional(v.boolean()),
    reason,
  }),
  v.object({ action: v.literal('unban'), by }),
  /** To make someone `owner` is to hand the room on: one becomes a moderator oneself. */
  v.object({
    action: v.literal('setRole'),
    by,
    role: v.picklist(ROLES),
  }),
])
export type Moderation = v.InferOutput<typeof moderation>

/** `POST /api/rooms/:room/reports`: a message is brought before those who look after the room. */
export const report = v.object({ ref: v.pipe(v.number(), v.safeInteger(), v.minValue(1)), reason })
export type Report = v.InferOutput<typeof report>

/** `POST /api/rooms/:room/links`: a way into an invite-only room. */
export const newLink = v.object({
  role: v.picklist(['moderator', 'member', 'reader']),
  expiresInMs: v.optional(ms(Number.MAX_SAFE_INTEGER)),
  uses: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
})
export type NewLink = v.InferOutput<typeof newLink>

/** `POST /api/rooms/:room/links/redeem` */
export const redemption = v.object({
  secret: v.pipe(text, v.minLength(1), v.maxLength(LIMITS.linkSecretLength)),
})
