import { DurableObject } from 'cloudflare:workers'
import { objectOf } from '../platform/places.ts'
import { type Budget, type BudgetLease, endOf, leaseFrom } from '../room/model/budget.ts'
import { type Bucket, fullAt, fullBucket, type Rate, takeToken } from '../room/model/token-bucket.ts'
import type { LeaseAnswer } from '../room/state/credit-accounts.ts'

/** More than a turn writes, as a rule. */
const PROBE_LENGTH = 64 * 1024

/**
 * What one network has left of something: a token bucket for one thing that it does, or its budget for a day. It is found
 * by a hash and does not know which network. A full bucket and yesterday's budget are not stored.
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

  /** Gives units of the day's budget, or answers in how many ms there will be some. A refusal writes nothing. */
  async lease(asked: BudgetLease): Promise<LeaseAnswer> {
    const { storage } = this.ctx
    const before = storage.kv.get<Budget>('budget')
    const { budget, units, retryAfter } = leaseFrom(before, asked, Date.now())
    if (units > 0) {
      storage.kv.put('budget', budget)
      if (before?.day !== budget.day) await storage.setAlarm(endOf(budget))
    }
    return { units, retryAfter }
  }

  /** Writes something and erases it again. Throws where the disk is full, and ends with that only this object. */
  async probe(): Promise<void> {
    const { storage } = this.ctx
    storage.kv.put('probe', 'x'.repeat(PROBE_LENGTH))
    await storage.sync()
    await storage.deleteAll()
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll()
  }
}

/** The object by which a room tries whether it can write. */
export function probeOf(env: Env): DurableObjectStub<Quota> {
  return quotaOf(env, 'probe')
}

export function quotaOf(env: Env, name: string): DurableObjectStub<Quota> {
  return objectOf(env.QUOTAS, name, env)
}

/** The budget that a payer names, and the parts of its network. */
export function budgetOf(env: Env, payer: string): { quota: DurableObjectStub<Quota>; parts: string[] } {
  const [name = '', ...parts] = payer.split('/')
  return { quota: quotaOf(env, name), parts }
}
