import { networkUnitsOf } from '../../platform/config.ts'
import { faultFields, log } from '../../platform/telemetry.ts'
import type { Lease, LeaseAnswer } from '../../room/state/credit-accounts.ts'
import { budgetOf } from '../Quota.ts'
import type { Turns } from './turns.ts'

/** A lease takes a hundredth of the rest of the budget. Units that a room does not use are lost for the day. */
const SHARE_OF_REST = 1 / 100

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

  async #ask({ payer, want }: Lease): Promise<LeaseAnswer> {
    try {
      const { quota, parts } = budgetOf(this.#env, payer)
      return await quota.lease({ want, parts, shareOfRest: SHARE_OF_REST, limit: networkUnitsOf(this.#env) })
    } catch (fault) {
      // People may go on where nobody can count.
      log('error', 'budget not asked', faultFields(fault))
      return { units: want, retryAfter: 0 }
    }
  }
}
