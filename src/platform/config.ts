import { LIMITS } from '../protocol/limits.ts'
import type { Rate } from '../room/rate.ts'

/** What an operator can set, as it comes from wrangler.toml or the dashboard. */
export interface Settings {
  RATE_BURST?: string
  RATE_PER_SECOND?: string
  ROOM_SOCKETS?: string
}

/** The rate for one person in one room; a setting that is no positive number is not one. */
export function rateOf(settings: Settings): Rate {
  return {
    burst: positive(settings.RATE_BURST) ?? LIMITS.rateBurst,
    perSecond: positive(settings.RATE_PER_SECOND) ?? LIMITS.ratePerSecond,
  }
}

/** How many sockets one room takes. */
export function roomSocketsOf(settings: Settings): number {
  return positive(settings.ROOM_SOCKETS) ?? LIMITS.roomSockets
}

function positive(text: string | undefined): number | undefined {
  const number = Number(text)
  return Number.isFinite(number) && number > 0 ? number : undefined
}
