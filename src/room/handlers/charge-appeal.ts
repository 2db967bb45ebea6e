import type { Visitor } from '../model/access.ts'
import type { Verdict } from '../state/rate-limiter.ts'
import type { RoomState } from '../state/state.ts'

/** Charges an invitation or a report to its sender, and to the address it comes from. */
export function chargeAppeal(
  { appeals, networkAppeals }: RoomState,
  { by, network }: Pick<Visitor, 'by' | 'network'>,
  now: number,
): Verdict {
  const verdict = appeals.take(by, now)
  if (verdict.kind !== 'pass' || network === undefined) return verdict
  return networkAppeals.take(network, now)
}
