import { DurableObject } from 'cloudflare:workers'
import { type Bucket, fullAt, fullBucket, type Rate, takeToken } from '../room/model/token-bucket.ts'

/**
 * What is left to one network of one thing that it may do so often. Found by a hash, it does not know of which. Once
 * all of it is left again, nothing is kept.
 */
export class Quota extends DurableObject<Env> {
  /** Takes one, or answers in how many ms there will be one. A refusal writes nothing. */
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
