import { DurableObject } from 'cloudflare:workers'
import { type Bucket, fullAt, fullBucket, type Rate, takeToken } from '../room/model/token-bucket.ts'

/**
 * A token bucket for one thing that one network does. It is found by a hash and does not know which network. A full
 * bucket is not stored.
 */
export class Quota extends DurableObject<Env> {
  /** Takes a token, or answers in how many ms there will be one. A refusal writes nothing. */
  async spend(rate: Rate): Promise<number> {
    const { storage } = this.ctx
    const now = Date.now()
    const kept = storage.kv.get<Bucket>('bucket') ?? fullBucket(rate, now)
    const { bucket, retryAfter } = takeToken(kept, rate, now)
    if (retryAfter > 0) return retryAfter
    storage.kv.put('bucket', bucket)
    await storage.setAlarm(fullAt(bucket, rate))
    return 0
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll()
  }
}
