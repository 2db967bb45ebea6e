import type { Visitor } from './access.ts'
import type { Role } from './facts.ts'
import type { Note } from './house-store.ts'
import type { Log } from './log.ts'
import type { RoomState, Scope } from './state.ts'

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
