import { networkUnitsOf } from '../../platform/config.ts'
import { faultFields, log } from '../../platform/telemetry.ts'
import { type BudgetLease, limitOfErasing } from '../../room/model/budget.ts'
import type { Payment } from '../../room/model/price.ts'
import type { Lease, LeaseAnswer } from '../../room/state/credit-accounts.ts'
import { countForDay } from '../day-budget.ts'
import { budgetOf } from '../Quota.ts'
import type { Turns } from './turns.ts'

/** A lease takes a hundredth of the rest of the budget. Units that a room does not use are lost for the day. */
const SHARE_OF_REST = 1 / 100
/** When to try again where too little was left. */
const RETRY_MS = 60_000

/** Leases units for a room from the budgets of networks. An answer is a turn of its own. */
export class Leases {
  readonly #env: Env

  constructor(env: Env) {
    this.#env = env
  }

  async make(lease: Lease, turns: Turns): Promise<void> {
    const answer = await this.#ask(lease)
    if (!turns.isOver) turns.play((core, now) => core.leased(lease.payer, answer, now))
  }

  /** Pays for a batch of what a network has erased. Answers 0, or in how many ms it can pay. */
  async pay({ payer, units }: Payment): Promise<number> {
    if (payer === undefined || units === 0) return 0
    const limit = limitOfErasing(units, networkUnitsOf(this.#env))
    const { units: paid, retryAfter } = await this.#lease(payer, Math.ceil(units), { shareOfRest: 0, limit })
    // A batch that is larger than a day's share takes all of it.
    return paid >= Math.min(units, limit / 2) ? 0 : Math.max(retryAfter, RETRY_MS)
  }

  #ask({ payer, want }: Lease): Promise<LeaseAnswer> {
    return this.#lease(payer, want, { shareOfRest: SHARE_OF_REST, limit: networkUnitsOf(this.#env) })
  }

  async #lease(
    payer: string,
    want: number,
    terms: Pick<BudgetLease, 'shareOfRest' | 'limit'>,
  ): Promise<LeaseAnswer> {
    try {
      const { quota, parts } = budgetOf(this.#env, payer)
      const answer = await quota.lease({ ...terms, want, parts })
      await countForDay(this.#env, answer.units)
      return answer
    } catch (fault) {
      // People may go on where nobody can count.
      log('error', 'budget not asked', faultFields(fault))
      return { units: want, retryAfter: 0 }
    }
  }
}
