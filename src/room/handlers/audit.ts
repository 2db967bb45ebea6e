import type { Visitor } from '../model/access.ts'
import type { Role } from '../model/facts.ts'
import type { Note } from '../model/moderation-store.ts'
import type { Log } from '../state/log.ts'
import type { RoomState, Scope } from '../state/state.ts'

/** Someone who asks something of a room that has begun, and may. */
export interface Asker {
  who: Visitor
  username: string
  role: Role
  log: Log
}

/** Writes down who did what, for those who look after the room. */
export function note(state: RoomState, { now }: Scope, what: Omit<Note, 'time'>): void {
  state.store.house.note({ time: now, ...what })
}
