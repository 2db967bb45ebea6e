import { LIMITS } from '../protocol/limits.ts'
import type { Sizes } from '../room/model/sizes.ts'
import type { Throttles } from '../room/model/throttles.ts'
import type { Rate } from '../room/model/token-bucket.ts'
import type { SocketLimits } from '../room/state/connection-limits.ts'

/** What an operator can set, as it comes from wrangler.toml or the dashboard, and what counts where they did not. */
export const DEFAULTS = {
  RATE_BURST: LIMITS.rateBurst,
  RATE_PER_SECOND: LIMITS.ratePerSecond,
  NETWORK_BURST: LIMITS.networkBurst,
  NETWORK_PER_SECOND: LIMITS.networkPerSecond,
  ARRIVAL_BURST: LIMITS.arrivalBurst,
  ARRIVALS_PER_SECOND: LIMITS.arrivalsPerSecond,
  APPEAL_BURST: LIMITS.appealBurst,
  APPEALS_PER_MINUTE: LIMITS.appealsPerMinute,
  ROOM_SOCKETS: LIMITS.roomSockets,
  PERSON_SOCKETS: LIMITS.personSockets,
  NETWORK_SOCKETS: LIMITS.networkSockets,
  ROOMS_A_DAY: LIMITS.roomsADay,
  REDEMPTIONS_A_MINUTE: LIMITS.redemptionsAMinute,
  FRAME_BYTES: LIMITS.frameBytes,
  BODY_LENGTH: LIMITS.bodyLength,
  REQUEST_BYTES: LIMITS.requestBytes,
  ROOMS_BEGUN_A_DAY: LIMITS.roomsBegunADay,
}

export type SettingName = keyof typeof DEFAULTS
export type Config = Partial<Record<SettingName, string>>

/** A number of the operator's; what is no positive number is none. */
export function setting(settings: Config, name: SettingName): number {
  const number = Number(settings[name])
  return Number.isFinite(number) && number > 0 ? number : DEFAULTS[name]
}

/** How much one may say at once: what clients rely on, or more. */
export function sizesOf(settings: Config): Sizes {
  return {
    frameBytes: size(settings, 'FRAME_BYTES', LIMITS.frameBytesMost),
    bodyLength: size(settings, 'BODY_LENGTH', LIMITS.bodyLengthMost),
  }
}

/** How long the body of a request may be, in bytes. */
export function requestBytesOf(settings: Config): number {
  return size(settings, 'REQUEST_BYTES', LIMITS.requestBytesMost)
}

function size(settings: Config, name: SettingName, most: number): number {
  return Math.floor(Math.min(Math.max(setting(settings, name), DEFAULTS[name]), most))
}

/** The rate for one person in one room. */
export function rateOf(settings: Config): Rate {
  return rate(setting(settings, 'RATE_BURST'), setting(settings, 'RATE_PER_SECOND'))
}

export function throttlesOf(settings: Config): Throttles {
  const of = (name: SettingName) => setting(settings, name)
  return {
    network: rate(of('NETWORK_BURST'), of('NETWORK_PER_SECOND')),
    arrivals: rate(of('ARRIVAL_BURST'), of('ARRIVALS_PER_SECOND')),
    appeals: rate(of('APPEAL_BURST'), of('APPEALS_PER_MINUTE') / 60),
  }
}

/** How many rooms one network may make: a day's worth at once, and as many a day from then on. */
export function roomsRateOf(settings: Config): Rate {
  return within(DAY_S, setting(settings, 'ROOMS_A_DAY'))
}

/** How many named rooms one network may begin, by being the first who comes: likewise. */
export function beginningsRateOf(settings: Config): Rate {
  return within(DAY_S, setting(settings, 'ROOMS_BEGUN_A_DAY'))
}

/** How many codes one network may try. */
export function redemptionsRateOf(settings: Config): Rate {
  return within(MINUTE_S, setting(settings, 'REDEMPTIONS_A_MINUTE'))
}

const MINUTE_S = 60
const DAY_S = 24 * 60 * MINUTE_S

function within(seconds: number, burst: number): Rate {
  return rate(burst, burst / seconds)
}

function rate(burst: number, perSecond: number): Rate {
  return { burst, perSecond }
}

/** How many sockets one room takes, from all, from one person and from one address. */
export function socketLimitsOf(settings: Config): SocketLimits {
  return {
    sockets: setting(settings, 'ROOM_SOCKETS'),
    personSockets: setting(settings, 'PERSON_SOCKETS'),
    networkSockets: setting(settings, 'NETWORK_SOCKETS'),
  }
}

/** What Turnstile needs; without both it is off. */
export interface TurnstileSettings {
  TURNSTILE_SITE_KEY?: string
  TURNSTILE_SECRET_KEY?: string
}

/** Turnstile's keys, where an operator has set both. */
export function turnstileOf(settings: TurnstileSettings): { siteKey: string; secret: string } | undefined {
  const { TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET_KEY: secret } = settings
  return siteKey && secret ? { siteKey, secret } : undefined
}
