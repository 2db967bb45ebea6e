import type { Role } from '../../protocol/roles.ts'
import type { Visitor } from '../model/access.ts'
import type { AuditEntry } from '../model/moderation-store.ts'
import type { Log } from '../state/log.ts'
import type { RoomState, Scope } from '../state/state.ts'

/** Someone whose action a room that has begun allows. */
export interface AuditActor {
  who: Visitor
  username: string
  role: Role
  log: Log
}

/** Notes in the audit log who did what. */
export function recordAudit(state: RoomState, { now }: Scope, what: Omit<AuditEntry, 'time'>): void {
  state.store.moderation.note({ time: now, ...what })
}
