import { LIMITS } from '../../protocol/limits.ts'
import { type Bucket, fullBucket, type Rate, takeToken } from '../model/token-bucket.ts'

const FLOOD_WINDOW_MS = 1_000
const MANY_ACCOUNTS = 2_000

export type Verdict = { kind: 'pass' } | { kind: 'refuse'; retryAfter: number } | { kind: 'flood' }

interface Account {
  bucket: Bucket
  /** Refusals since `since`. */
  refusals: number
  since: number
}

/** A token bucket for each person of a room. In memory only: fast senders keep the room awake. */
export class RateLimiter {
  readonly #rate: Rate
  readonly #accounts = new Map<string, Account>()

  constructor(rate: Rate) {
    this.#rate = rate
  }

  /** Charges a person. Too many refusals in a window are a flood. */
  take(by: string, now: number, cost = 1): Verdict {
    const account = this.#accounts.get(by) ?? this.#open(by, now)
    const { bucket, retryAfter } = takeToken(account.bucket, this.#rate, now, cost)
    account.bucket = bucket
    if (retryAfter === 0) return { kind: 'pass' }
    if (now - account.since > FLOOD_WINDOW_MS) {
      account.refusals = 0
      account.since = now
    }
    account.refusals += 1
    return account.refusals >= LIMITS.floodRefusals ? { kind: 'flood' } : { kind: 'refuse', retryAfter }
  }

  #open(by: string, now: number): Account {
    if (this.#accounts.size >= MANY_ACCOUNTS) this.#forgetFull(now)
    const account = { bucket: fullBucket(this.#rate, now), refusals: 0, since: now }
    this.#accounts.set(by, account)
    return account
  }

  /** A full account is equal to a new one. */
  #forgetFull(now: number): void {
    const refillMs = (this.#rate.burst * 1000) / this.#rate.perSecond
    for (const [by, { bucket }] of this.#accounts) if (now - bucket.at > refillMs) this.#accounts.delete(by)
  }
}
