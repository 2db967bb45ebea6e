import type { Visitor } from '../model/access.ts'
import type { Verdict } from '../state/rate-limiter.ts'
import type { RoomState } from '../state/state.ts'

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
