import { countForDay } from '../durable/day-budget.ts'
import { budgetOf } from '../durable/Quota.ts'
import { networkUnitsOf } from '../platform/config.ts'
import { derivePayer } from '../platform/identity/ids.ts'
import { networksAround } from '../platform/identity/network.ts'
import { faultFields, log } from '../platform/telemetry.ts'
import { isOver } from '../room/model/waits.ts'

/** What this isolate holds of a network's budget for a day. */
interface Account {
  /** When the day ends, in ms. */
  until: number
  units: number
  /** What the network used on trust, without asking its budget. */
  owed: number
  /** What its budget has given. */
  leased: number
  leasing: Promise<void> | undefined
  /** What requests wait for. */
  wanted: number
}

/**
 * Two visits need no call: so much is trusted, or a small share of a small budget. The budget hears of it with the first
 * lease. A network may meet many isolates, and each trusts it as much.
 */
const TRUSTED_UNITS = 24
const TRUSTED_SHARE = 1 / 30
/** The rest of an ordinary person's day. Each later lease takes as much as all before, so a busy isolate asks seldom. */
const FIRST_WISH = 240
const SHARE_OF_REST = 1 / 8
const DAY_MS = 24 * 60 * 60 * 1_000
/** How often a request tries again when others of its network took the leased units. */
const MOST_TRIES = 5
const BUSY_RETRY_MS = 1_000
/** How many networks are remembered, the latest. */
const MOST_NETWORKS = 10_000

const payers = new Map<string, string>()

/** The name of the budget that pays for a network. */
export async function payerOf(network: string): Promise<string> {
  const payer = payers.get(network) ?? (await derivePayer(networksAround(network)))
  remember(payers, network, payer)
  return payer
}

/** What one isolate holds of the budgets of networks. */
export class NetworkAccounts {
  readonly #accounts = new Map<string, Account>()
  /** Until when each part of a network has nothing left. */
  readonly #refusedUntil = new Map<string, number>()

  /** Pays for a request. Answers 0, or in how many ms there will be units. */
  async pay(env: Env, payer: string, units: number): Promise<number> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const now = Date.now()
      const refusedUntil = this.#refusedUntil.get(payer) ?? 0
      if (!isOver(refusedUntil, now, DAY_MS)) return refusedUntil - now
      const account = this.#of(env, payer, now)
      if (account.units >= units) {
        account.units -= units
        // What is on trust is in no lease yet.
        if (account.owed > 0) await countForDay(env, units)
        return 0
      }
      account.wanted += units
      account.leasing ??= this.#lease(env, account, payer).finally(() => {
        account.leasing = undefined
      })
      await account.leasing
      account.wanted -= units
    }
    return BUSY_RETRY_MS
  }

  /** Gives back what a request did not need. */
  giveBack(env: Env, payer: string, units: number): void {
    this.#of(env, payer, Date.now()).units += units
  }

  async #lease(env: Env, account: Account, payer: string): Promise<void> {
    const { owed, wanted: want, leased } = account
    try {
      const { quota, parts } = budgetOf(env, payer)
      const wish = Math.max(FIRST_WISH, leased)
      const asked = { want, wish, owed, parts, shareOfRest: SHARE_OF_REST, limit: networkUnitsOf(env) }
      const { units, retryAfter } = await quota.lease(asked)
      account.units += units
      account.leased += units
      await countForDay(env, units)
      if (units > 0) account.owed = 0
      else remember(this.#refusedUntil, payer, Date.now() + retryAfter)
    } catch (fault) {
      // People may go on where nobody can count.
      log('error', 'budget not asked', faultFields(fault))
      account.units += want
    }
  }

  #of(env: Env, payer: string, now: number): Account {
    const [name = ''] = payer.split('/', 1)
    const known = this.#accounts.get(name)
    const account = known && !isOver(known.until, now, DAY_MS) ? known : freshAccount(env, now)
    remember(this.#accounts, name, account)
    return account
  }
}

/** This isolate's. */
export const networkAccounts = new NetworkAccounts()

function freshAccount(env: Env, now: number): Account {
  const units = Math.min(TRUSTED_UNITS, networkUnitsOf(env) * TRUSTED_SHARE)
  const until = now - (now % DAY_MS) + DAY_MS
  return { until, units, owed: units, leased: 0, leasing: undefined, wanted: 0 }
}

/** Stores an entry as the latest, and forgets the oldest of too many. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= MOST_NETWORKS) break
    map.delete(oldest)
  }
}
