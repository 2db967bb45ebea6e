import { CLOSE } from '../../protocol/error-rules.ts'
import type { Visitor } from '../model/access.ts'
import { priceOf } from '../model/price.ts'
import type { Connection } from '../state/connection.ts'
import type { Verdict } from '../state/rate-limiter.ts'
import { type RoomState, refuse, type Scope } from '../state/state.ts'

/** When to try again from an address that sends too much. */
const NETWORK_RETRY_MS = 1_000

/** Charges one frame or one action to its sender, and to the address it comes from. */
export function charge(
  { limiter, networks, networkRefusals }: RoomState,
  { by, network }: Pick<Visitor, 'by' | 'network'>,
  now: number,
): Verdict {
  const verdict = limiter.take(by, now)
  if (verdict.kind !== 'pass' || network === undefined) return verdict
  if (networks.take(network, now).kind === 'pass') return verdict
  // People who share an address with a flood are told to wait. Only those who do not wait are closed.
  return networkRefusals.take(by, now).kind === 'pass'
    ? { kind: 'refuse', retryAfter: NETWORK_RETRY_MS }
    : { kind: 'flood' }
}

type Payer = Pick<Visitor, 'by' | 'network'>
type Ledgers = Pick<RoomState, 'reading' | 'networkReading'>

/**
 * Charges rows that are about to be read to who asks for them, and to their address. Where one of both cannot pay, neither
 * does. A frame or an action includes 50 rows, so only what may read more is charged for.
 */
export function chargeRows(ledgers: Ledgers, payer: Payer, now: number, rowsRead: number): Verdict {
  const { reading, networkReading } = ledgers
  const { by, network } = payer
  const cost = priceOf({ rowsRead })
  if (cost === 0) return { kind: 'pass' }
  const wait = network === undefined ? 0 : networkReading.waitFor(network, now, cost)
  const retryAfter = Math.max(wait, reading.waitFor(by, now, cost))
  if (retryAfter > 0) return reading.refuse(by, now, retryAfter)
  oweRows(ledgers, payer, now, rowsRead)
  return { kind: 'pass' }
}

/** Charges rows that have been read: their number was not known before, only that it is bounded. */
export function oweRows(
  { reading, networkReading }: Ledgers,
  payer: Payer,
  now: number,
  rowsRead: number,
): void {
  const cost = priceOf({ rowsRead })
  reading.owe(payer.by, now, cost)
  if (payer.network !== undefined) networkReading.owe(payer.network, now, cost)
}

/** Answers whether a sender has paid. Who has not is told to wait, and closed for a flood. */
export function hasPaid(scope: Scope, from: Connection, verdict: Verdict, id?: string): boolean {
  if (verdict.kind === 'flood') scope.outgoing.close(from, CLOSE.flood, 'rate-limited')
  if (verdict.kind === 'refuse') refuse(scope, from, 'rate-limited', { id, retryAfter: verdict.retryAfter })
  return verdict.kind === 'pass'
}
