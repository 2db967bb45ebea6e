import { LIMITS } from '../protocol/limits.ts'
import type { Sizes } from '../room/model/sizes.ts'
import type { Throttles } from '../room/model/throttles.ts'
import type { Rate } from '../room/model/token-bucket.ts'
import type { SocketLimits } from '../room/state/connection-limits.ts'

/** What an operator can set in wrangler.toml or the dashboard, with the defaults. */
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
  NETWORK_UNITS_A_DAY: LIMITS.networkUnitsADay,
  /** None, unless an operator sets it. */
  UNITS_A_DAY: 0,
  ROOMS_A_DAY: LIMITS.roomsADay,
  REDEMPTIONS_A_MINUTE: LIMITS.redemptionsAMinute,
  FRAME_BYTES: LIMITS.frameBytes,
  BODY_LENGTH: LIMITS.bodyLength,
  REQUEST_BYTES: LIMITS.requestBytes,
  ROOMS_BEGUN_A_DAY: LIMITS.roomsBegunADay,
}

type SettingName = keyof typeof DEFAULTS
export type Config = Partial<Record<SettingName, string>>

/** The operator's number, or the default if it is not a positive number. */
export function setting(config: Config, name: SettingName): number {
  const number = Number(config[name])
  return Number.isFinite(number) && number > 0 ? number : DEFAULTS[name]
}

/** The sizes of frames and messages: never below what clients rely on. */
export function sizesOf(config: Config): Sizes {
  return {
    frameBytes: size(config, 'FRAME_BYTES', LIMITS.frameBytesMost),
    bodyLength: size(config, 'BODY_LENGTH', LIMITS.bodyLengthMost),
  }
}

/** The largest body of a request, in bytes. */
export function requestBytesOf(config: Config): number {
  return size(config, 'REQUEST_BYTES', LIMITS.requestBytesMost)
}

function size(config: Config, name: SettingName, most: number): number {
  return Math.floor(Math.min(Math.max(setting(config, name), DEFAULTS[name]), most))
}

/** The rate for one person in one room. */
export function rateOf(config: Config): Rate {
  return rate(setting(config, 'RATE_BURST'), setting(config, 'RATE_PER_SECOND'))
}

export function throttlesOf(config: Config): Throttles {
  const of = (name: SettingName) => setting(config, name)
  return {
    network: rate(of('NETWORK_BURST'), of('NETWORK_PER_SECOND')),
    arrivals: rate(of('ARRIVAL_BURST'), of('ARRIVALS_PER_SECOND')),
    appeals: rate(of('APPEAL_BURST'), of('APPEALS_PER_MINUTE') / 60),
  }
}

/** What one network may use in a day, over all rooms, in units of the price of work. */
export function networkUnitsOf(config: Config): number {
  return setting(config, 'NETWORK_UNITS_A_DAY')
}

/** What all networks together may use in a day before strangers are refused, in the same units. */
export function dayUnitsOf(config: Config): number {
  return setting(config, 'UNITS_A_DAY') || Number.POSITIVE_INFINITY
}

/** How many rooms one network may create: a day's worth in a burst, and as many a day after it. None where it is 0. */
export function roomsRateOf(config: Config): Rate {
  return within(DAY_S, isNone(config, 'ROOMS_A_DAY') ? 0 : setting(config, 'ROOMS_A_DAY'))
}

/** How many named rooms one network may be the first to join, likewise. */
export function firstJoinsRateOf(config: Config): Rate {
  return within(DAY_S, isNone(config, 'ROOMS_BEGUN_A_DAY') ? 0 : setting(config, 'ROOMS_BEGUN_A_DAY'))
}

/** Whether the first to join a named room begins it. If not, only rooms exist that the operator or somebody has made. */
export function joinsBeginRooms(config: Config): boolean {
  return !isNone(config, 'ROOMS_BEGUN_A_DAY')
}

function isNone(config: Config, name: SettingName): boolean {
  return config[name]?.trim() === '0'
}

/** How many codes one network may try. */
export function redemptionsRateOf(config: Config): Rate {
  return within(MINUTE_S, setting(config, 'REDEMPTIONS_A_MINUTE'))
}

const MINUTE_S = 60
const DAY_S = 24 * 60 * MINUTE_S

function within(seconds: number, burst: number): Rate {
  return rate(burst, burst / seconds)
}

function rate(burst: number, perSecond: number): Rate {
  return { burst, perSecond }
}

/** How many sockets one room accepts: in all, from one person, and from one address. */
export function socketLimitsOf(config: Config): SocketLimits {
  return {
    sockets: setting(config, 'ROOM_SOCKETS'),
    personSockets: setting(config, 'PERSON_SOCKETS'),
    networkSockets: setting(config, 'NETWORK_SOCKETS'),
  }
}

/** Turnstile is off unless both are set. */
export interface TurnstileConfig {
  TURNSTILE_SITE_KEY?: string
  TURNSTILE_SECRET_KEY?: string
}

/** Turnstile's keys, if an operator has set both. */
export function turnstileOf(config: TurnstileConfig): { siteKey: string; secret: string } | undefined {
  const { TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET_KEY: secret } = config
  return siteKey && secret ? { siteKey, secret } : undefined
}
