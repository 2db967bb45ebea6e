import * as v from 'valibot'
import { LIMITS } from './limits.ts'
import { RETENTIONS } from './retentions.ts'
import { ROLES } from './roles.ts'
import { isLabel } from './text-patterns.ts'

/** Requests over HTTP: moderation and room settings, and what people ask about their own membership. */
const text = v.string()
const by = v.pipe(text, v.minLength(1), v.maxLength(LIMITS.byLength))
const ms = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(max))
const reason = v.optional(v.pipe(text, v.maxLength(LIMITS.reasonLength)))

/** `PATCH /api/rooms/:room`: changes the given settings. */
export const settingsChange = v.partial(
  v.object({
    title: v.pipe(
      text,
      v.maxLength(LIMITS.titleLength),
      v.check((title) => title === '' || isLabel(title)),
    ),
    welcome: v.pipe(text, v.maxLength(LIMITS.welcomeLength)),
    locked: v.boolean(),
    slowMs: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LIMITS.slowMsMax)),
    retention: v.picklist(RETENTIONS),
    access: v.picklist(['open', 'invite']),
  }),
)
export type SettingsChange = v.InferOutput<typeof settingsChange>

/** `POST /api/rooms/:room/moderation`: acts on a person, or takes it back. */
export const moderation = v.variant('action', [
  v.object({ action: v.literal('kick'), by, reason }),
  v.object({ action: v.literal('mute'), by, ms: ms(LIMITS.muteMsMax), reason }),
  v.object({ action: v.literal('unmute'), by }),
  /** For good, or for `ms`. `network` also keeps new people from the same network out. */
  v.object({
    action: v.literal('ban'),
    by,
    ms: v.optional(ms(Number.MAX_SAFE_INTEGER)),
    network: v.optional(v.boolean()),
    reason,
  }),
  v.object({ action: v.literal('unban'), by }),
  /** Making someone `owner` transfers the room: the old owner becomes a moderator. */
  v.object({
    action: v.literal('setRole'),
    by,
    role: v.picklist(ROLES),
  }),
])
export type Moderation = v.InferOutput<typeof moderation>

/** `POST /api/rooms/:room/reports`: reports a message to the moderators. */
export const report = v.object({ ref: v.pipe(v.number(), v.safeInteger(), v.minValue(1)), reason })
export type Report = v.InferOutput<typeof report>

/** `PATCH /api/rooms/:room/me`: what a person sets for themselves in this room. */
export const ownSettings = v.object({ refusesStrangers: v.boolean() })
export type OwnSettings = v.InferOutput<typeof ownSettings>

/** `POST /api/rooms/:room/links`: creates an invite link. */
export const newLink = v.object({
  role: v.picklist(['moderator', 'member', 'reader']),
  expiresInMs: v.optional(ms(Number.MAX_SAFE_INTEGER)),
  uses: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
})
export type NewLink = v.InferOutput<typeof newLink>

/** `POST /api/rooms/:room/links/redeem`: uses an invite link. */
export const redemption = v.object({
  secret: v.pipe(text, v.minLength(1), v.maxLength(LIMITS.linkSecretLength)),
})
