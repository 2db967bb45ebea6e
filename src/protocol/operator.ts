import * as v from 'valibot'
import { LIMITS } from './limits.ts'

/** Requests of the operator, under `/api/admin`. */

/** `PUT /api/admin/bans/:network` and `PUT /api/admin/rooms/:room/people/:by/ban`: a ban for good, or for `ms`. */
export const operatorBan = v.object({
  ms: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(100 * 365 * 86_400_000))),
})

/** `PUT /api/admin/rooms/:room/owner`: makes a person the owner of a room. */
export const ownershipTransfer = v.object({
  by: v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.byLength)),
})
