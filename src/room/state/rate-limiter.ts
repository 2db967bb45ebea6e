import { LIMITS } from '../../protocol/limits.ts'
import { type Bucket, fullBucket, isFull, owe, type Rate, waitFor } from '../model/token-bucket.ts'

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
    const retryAfter = this.waitFor(by, now, cost)
    if (retryAfter > 0) return this.refuse(by, now, retryAfter)
    this.owe(by, now, cost)
    return { kind: 'pass' }
  }

  /** In how many ms a person may be charged this much. */
  waitFor(by: string, now: number, cost: number): number {
    return waitFor(this.#account(by, now).bucket, this.#rate, now, cost)
  }

  /** Charges a person for finished work, even beyond their allowance. */
  owe(by: string, now: number, cost: number): void {
    const account = this.#account(by, now)
    account.bucket = owe(account.bucket, this.#rate, now, cost)
  }

  /** Counts a refusal. */
  refuse(by: string, now: number, retryAfter: number): Verdict {
    const account = this.#account(by, now)
    const age = now - account.since
    // The clock may be set back.
    if (age < 0 || age > FLOOD_WINDOW_MS) {
      account.refusals = 0
      account.since = now
    }
    account.refusals += 1
    return account.refusals >= LIMITS.floodRefusals ? { kind: 'flood' } : { kind: 'refuse', retryAfter }
  }

  #account(by: string, now: number): Account {
    return this.#accounts.get(by) ?? this.#open(by, now)
  }

  #open(by: string, now: number): Account {
    if (this.#accounts.size >= MANY_ACCOUNTS) this.#forgetFull(now)
    const account = { bucket: fullBucket(this.#rate, now), refusals: 0, since: now }
    this.#accounts.set(by, account)
    return account
  }

  /** A full account is equal to a new one. */
  #forgetFull(now: number): void {
    for (const [by, { bucket }] of this.#accounts)
      if (isFull(bucket, this.#rate, now)) this.#accounts.delete(by)
  }
}
