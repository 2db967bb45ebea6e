/** A token bucket: `tokens` as of `at`, refilled at a steady rate up to the burst. Fewer than 0 are owed. */
export interface Bucket {
  readonly tokens: number
  readonly at: number
}

export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/** A rate that several people share. */
export function times({ burst, perSecond }: Rate, factor: number): Rate {
  return { burst: burst * factor, perSecond: perSecond * factor }
}

export function fullBucket(rate: Rate, now: number): Bucket {
  return { tokens: rate.burst, at: now }
}

/** Takes `cost` tokens, or says in how many ms there will be enough. A cost above the burst takes a full bucket. */
export function takeToken(
  bucket: Bucket,
  rate: Rate,
  now: number,
  cost = 1,
): { bucket: Bucket; retryAfter: number } {
  const retryAfter = waitFor(bucket, rate, now, cost)
  return { bucket: owe(bucket, rate, now, retryAfter === 0 ? cost : 0), retryAfter }
}

/** In how many ms `cost` tokens may be taken. */
export function waitFor(bucket: Bucket, rate: Rate, now: number, cost: number): number {
  const missing = Math.min(cost, rate.burst) - refilled(bucket, rate, now)
  return missing > 0 ? Math.ceil((missing * 1000) / rate.perSecond) : 0
}

/** Takes `cost` tokens, or a burst if that is less, also where there are too few. */
export function owe(bucket: Bucket, rate: Rate, now: number, cost: number): Bucket {
  return { tokens: refilled(bucket, rate, now) - Math.min(cost, rate.burst), at: now }
}

/** A clock that was set back refills as much as one that has gone on: otherwise nothing would, until it caught up. */
function refilled({ tokens, at }: Bucket, { burst, perSecond }: Rate, now: number): number {
  return Math.min(burst, tokens + (Math.abs(now - at) * perSecond) / 1000)
}

export function isFull(bucket: Bucket, rate: Rate, now: number): boolean {
  return refilled(bucket, rate, now) >= rate.burst
}

/** When the bucket is full again if nobody takes more. It is then equal to a new one. */
export function fullAt(bucket: Bucket, rate: Rate): number {
  return bucket.at + Math.ceil(Math.max(0, rate.burst - bucket.tokens) * (1000 / rate.perSecond))
}
