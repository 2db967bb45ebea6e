import { budgetOf } from '../durable/Quota.ts'
import { networkUnitsOf } from '../platform/config.ts'
import { derivePayer } from '../platform/identity/ids.ts'
import { networksAround } from '../platform/identity/network.ts'
import { faultFields, log } from '../platform/telemetry.ts'

/** What this isolate holds of a network's budget for a day. */
interface Account {
  /** When the day ends, in ms. */
  until: number
  units: number
  /** What the network used on trust, without asking its budget. */
  owed: number
  leasing: Promise<void> | undefined
  /** What requests wait for. */
  wanted: number
}

/**
 * The day of an ordinary person needs no call: so much is trusted, or a small share of a small budget. The budget hears of
 * it with the first lease.
 */
const TRUSTED_UNITS = 240
const TRUSTED_SHARE = 1 / 30
/** This isolate serves many rooms, so it takes much in advance. */
const SHARE_OF_REST = 1 / 8
const DAY_MS = 24 * 60 * 60 * 1_000
/** How often a request tries again when others of its network took the leased units. */
const MOST_TRIES = 5
const BUSY_RETRY_MS = 1_000
/** How many networks are remembered, the latest. */
const MOST_NETWORKS = 10_000

const payers = new Map<string, string>()
const accounts = new Map<string, Account>()
/** Until when each part of a network has nothing left. */
const refusedUntil = new Map<string, number>()

/** The name of the budget that pays for a network. */
export async function payerOf(network: string): Promise<string> {
  const payer = payers.get(network) ?? (await derivePayer(networksAround(network)))
  remember(payers, network, payer)
  return payer
}

/** Pays for a request. Answers 0, or in how many ms there will be units. */
export async function pay(env: Env, payer: string, units: number): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const now = Date.now()
    const refusedFor = (refusedUntil.get(payer) ?? 0) - now
    if (refusedFor > 0) return refusedFor
    const account = accountOf(env, payer, now)
    if (account.units >= units) {
      account.units -= units
      return 0
    }
    account.wanted += units
    account.leasing ??= lease(env, account, payer).finally(() => {
      account.leasing = undefined
    })
    await account.leasing
    account.wanted -= units
  }
  return BUSY_RETRY_MS
}

/** Gives back what a request did not need. */
export function giveBack(env: Env, payer: string, units: number): void {
  accountOf(env, payer, Date.now()).units += units
}

async function lease(env: Env, account: Account, payer: string): Promise<void> {
  const { owed, wanted: want } = account
  try {
    const { quota, parts } = budgetOf(env, payer)
    const asked = { want, owed, parts, shareOfRest: SHARE_OF_REST, limit: networkUnitsOf(env) }
    const { units, retryAfter } = await quota.lease(asked)
    account.units += units
    if (units > 0) account.owed = 0
    else remember(refusedUntil, payer, Date.now() + retryAfter)
  } catch (fault) {
    // People may go on where nobody can count.
    log('error', 'budget not asked', faultFields(fault))
    account.units += want
  }
}

function accountOf(env: Env, payer: string, now: number): Account {
  const [name = ''] = payer.split('/', 1)
  const known = accounts.get(name)
  const account = known && known.until > now && known.until - now <= DAY_MS ? known : freshAccount(env, now)
  remember(accounts, name, account)
  return account
}

function freshAccount(env: Env, now: number): Account {
  const units = Math.min(TRUSTED_UNITS, networkUnitsOf(env) * TRUSTED_SHARE)
  return { until: now - (now % DAY_MS) + DAY_MS, units, owed: units, leasing: undefined, wanted: 0 }
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
