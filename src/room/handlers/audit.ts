import type { Role } from '../../protocol/roles.ts'
import type { Visitor } from '../model/access.ts'
import type { AuditEntry, StoredAuditEntry } from '../model/moderation-store.ts'
import type { Log } from '../state/log.ts'
import type { RoomState, Scope } from '../state/state.ts'

/** Someone whose action a room that has begun allows. */
export interface AuditActor {
  who: Visitor
  username: string
  role: Role
  log: Log
}

/** Who did something, in an entry of the audit log. Someone who has not joined has a role here, and no name. */
export function actorFields({
  who,
  username,
  role,
}: Pick<AuditActor, 'who' | 'username' | 'role'>): Pick<AuditEntry, 'by' | 'username' | 'as'> {
  return { by: who.by, username, ...(username === '' ? { as: role } : {}) }
}

/** Notes in the audit log who did what. */
export function recordAudit(state: RoomState, { now }: Scope, what: Omit<AuditEntry, 'time'>): void {
  state.store.moderation.note({ time: now, ...what })
}

/** A reason without blanks around it; none where it is empty. */
export function reasonOf(reason: string | undefined): Pick<AuditEntry, 'reason'> {
  const text = reason?.trim() ?? ''
  return text === '' ? {} : { reason: text }
}

/** A page of the audit log as one of the moderators sees it: without what was reported about them. */
export function auditPage(
  { store }: RoomState,
  reader: string,
  { before, limit }: { before: number; limit: number },
): StoredAuditEntry[] {
  return store.moderation.notes(before, limit, reader).map(withDetail)
}

/** Adds the text that older clients read. They would take a ban's reason for its length, so a ban's has no reason. */
function withDetail(entry: StoredAuditEntry): StoredAuditEntry {
  const { action, ms, network, role, ref, settings } = entry
  const facts = [
    ms === undefined ? '' : `${ms} ms`,
    network ? 'network' : '',
    role ?? '',
    ref === undefined ? '' : `#${ref}`,
    ...(settings ?? []),
    action === 'ban' ? '' : (entry.reason ?? ''),
  ].filter((fact) => fact !== '')
  return facts.length > 0 ? { ...entry, detail: facts.join(' ') } : entry
}
