/** A token bucket: `tokens` as of `at`, refilled at a steady rate up to the burst. */
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
  const elapsed = Math.max(0, now - bucket.at)
  const tokens = Math.min(rate.burst, bucket.tokens + (elapsed * rate.perSecond) / 1000)
  const wanted = Math.min(cost, rate.burst)
  if (tokens >= wanted) return { bucket: { tokens: tokens - wanted, at: now }, retryAfter: 0 }
  return { bucket: { tokens, at: now }, retryAfter: Math.ceil(((wanted - tokens) * 1000) / rate.perSecond) }
}

/** When the bucket is full again if nobody takes more. It is then equal to a new one. */
export function fullAt(bucket: Bucket, rate: Rate): number {
  return bucket.at + Math.ceil(Math.max(0, rate.burst - bucket.tokens) * (1000 / rate.perSecond))
}
