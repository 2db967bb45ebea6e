import { DurableObject, RpcTarget, WorkerEntrypoint } from 'cloudflare:workers'
import { type Budget, type BudgetLease, endOf, leaseFrom } from '../room/model/budget.ts'
import { type Bucket, fullAt, fullBucket, type Rate, takeToken } from '../room/model/token-bucket.ts'
import type { LeaseAnswer } from '../room/state/credit-accounts.ts'

/** How often what is over is deleted. */
const SWEEP_MS = 10 * 60_000

interface Kept<T> {
  value: T
  /** From then on it says no more than nothing. */
  until: number
}

/** All quotas of one machine. An object of its own for each would leave a file of its own. */
export class Quotas extends DurableObject {
  async spend(name: string, rate: Rate): Promise<number> {
    const now = Date.now()
    const kept = this.#read<Bucket>(`bucket ${name}`, now) ?? fullBucket(rate, now)
    const { bucket, retryAfter } = takeToken(kept, rate, now)
    if (retryAfter === 0)
      await this.#keep(`bucket ${name}`, { value: bucket, until: fullAt(bucket, rate) }, now)
    return retryAfter
  }

  async lease(name: string, asked: BudgetLease): Promise<LeaseAnswer> {
    const now = Date.now()
    const { budget, units, retryAfter } = leaseFrom(this.#read<Budget>(`budget ${name}`, now), asked, now)
    if (units > 0) await this.#keep(`budget ${name}`, { value: budget, until: endOf(budget) }, now)
    return { units, retryAfter }
  }

  override async alarm(): Promise<void> {
    const { kv } = this.ctx.storage
    const now = Date.now()
    const all = [...kv.list<Kept<unknown>>()]
    const over = all.filter(([, { until }]) => until <= now)
    for (const [key] of over) kv.delete(key)
    if (over.length < all.length) await this.ctx.storage.setAlarm(now + SWEEP_MS)
  }

  #read<T>(key: string, now: number): T | undefined {
    const kept = this.ctx.storage.kv.get<Kept<T>>(key)
    return kept && kept.until > now ? kept.value : undefined
  }

  async #keep<T>(key: string, kept: Kept<T>, now: number): Promise<void> {
    const { storage } = this.ctx
    storage.kv.put(key, kept)
    if ((await storage.getAlarm()) === null) await storage.setAlarm(now + SWEEP_MS)
  }
}

interface QuotasEnv {
  ALL_QUOTAS: DurableObjectNamespace<Quotas>
}

/** The binding QUOTAS: it is called as the namespace of Cloudflare's objects is. */
export class QuotaNames extends WorkerEntrypoint<QuotasEnv> {
  getByName(name: string): NamedQuota {
    return new NamedQuota(this.env.ALL_QUOTAS.getByName('all'), name)
  }
}

class NamedQuota extends RpcTarget {
  readonly #all: DurableObjectStub<Quotas>
  readonly #name: string

  constructor(all: DurableObjectStub<Quotas>, name: string) {
    super()
    this.#all = all
    this.#name = name
  }

  spend(rate: Rate): Promise<number> {
    return this.#all.spend(this.#name, rate)
  }

  lease(asked: BudgetLease): Promise<LeaseAnswer> {
    return this.#all.lease(this.#name, asked)
  }
}
