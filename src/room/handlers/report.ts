import { LIMITS } from '../../protocol/limits.ts'
import type { Report } from '../../protocol/moderation.ts'
import { may } from '../../protocol/roles.ts'
import { isNewcomer, ownerOf } from '../model/access.ts'
import { type Answer, DONE, refused, tooFast } from '../model/actions.ts'
import type { StoredAuditEntry, StoredReport } from '../model/moderation-store.ts'
import type { RoomState, Scope } from '../state/state.ts'
import { type AuditActor, reasonOf } from './audit.ts'
import { chargeAppeal } from './charge-appeal.ts'

/** Someone reports a message to the moderators. A second report of it by the same person changes nothing. */
export function reportMessage(
  state: RoomState,
  scope: Scope,
  { who, username }: AuditActor,
  { ref, reason }: Report,
): Answer {
  const { store, pendingReports } = state
  const message = store.message(ref)?.message
  if (message === undefined) return refused('not-found', 'ref')
  const hasty = tooFast(chargeAppeal(state, who, scope.now))
  if (hasty) return hasty
  const person = store.person(who.by)
  const isOfNewcomers = person === undefined || isNewcomer(person, scope.now)
  const entry = {
    time: scope.now,
    by: who.by,
    username,
    action: 'report',
    about: message.by,
    aboutName: message.username,
    ref,
    ...reasonOf(reason),
  }
  const before = store.moderation.reportOf(ref)
  const now = withReport(before, { entry, reporters: [who.by], isOfNewcomers })
  if (now === undefined) return DONE
  store.moderation.saveReport(ref, now)
  pendingReports.add(scope.now, { ref, ...now })
  return DONE
}

/**
 * The reports of a message with one more; undefined where that changes nothing. The entry shows the words of the first
 * person whom the room knows, and those of a newcomer only until then.
 */
function withReport(before: StoredReport | undefined, one: StoredReport): StoredReport | undefined {
  if (before === undefined) return one
  const [by = ''] = one.reporters
  if (before.reporters.includes(by)) return undefined
  const takesOver = before.isOfNewcomers && !one.isOfNewcomers
  const isFull = before.reporters.length >= LIMITS.reporters
  if (isFull && !takesOver) return undefined
  const reporters = isFull ? before.reporters : [...before.reporters, by]
  const entry = { ...(takesOver ? one.entry : before.entry), count: reporters.length }
  return { entry, reporters, isOfNewcomers: before.isOfNewcomers && one.isOfNewcomers }
}

/** The newest reports, each with the message as it is now, for the operator. */
export function newestReports({ store }: RoomState): ReportForOperator[] {
  return store.moderation.reports(LIMITS.auditPage).map((entry) => {
    const body = entry.ref === undefined ? undefined : store.message(entry.ref)?.message.body
    return { ...entry, ...(body === undefined ? {} : { body }) }
  })
}

export type ReportForOperator = StoredAuditEntry & { body?: string }

/**
 * Tells each moderator of the reports that wait, in one event, but never of reports about themselves. In a room that nobody
 * owns there are none: the operator is told.
 */
export function tellReports(
  { connections, log, pendingReports }: RoomState,
  { now, outgoing, roomCalls }: Scope,
): void {
  const reports = pendingReports.take(now)
  if (reports.length === 0) return
  const access = log?.record.access ?? { kind: 'open' }
  if (ownerOf(access) === undefined) roomCalls.push({ kind: 'tellReports', messages: reports.length })
  for (const to of connections) {
    if (!to.joined || !may('moderate', to.role, access)) continue
    const told = reports.filter(({ entry }) => entry.about !== to.by)
    const shown = told.findLast(({ isOfNewcomers }) => !isOfNewcomers) ?? told.at(-1)
    if (shown === undefined) continue
    const { ref, entry } = shown
    const { by, username, reason = '', count } = entry
    const others = told.length - 1
    outgoing.answer(to, 'report', {
      ref,
      by,
      username,
      reason,
      ...(count === undefined ? {} : { count }),
      ...(others > 0 ? { others } : {}),
    })
  }
}
