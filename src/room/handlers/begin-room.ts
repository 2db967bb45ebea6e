import { type Access, DEFAULT_SETTINGS } from '../model/room-record.ts'
import { Log } from '../state/log.ts'
import type { RoomState } from '../state/state.ts'

/** Writes the record of a new room. */
export function beginRoom(state: RoomState, access: Access, now: number): Log {
  const { store, options } = state
  const record = {
    epoch: options.newId(),
    seq: 0,
    time: now,
    floor: 0,
    topic: '',
    access,
    settings: DEFAULT_SETTINGS,
  }
  store.begin(record)
  state.log = new Log(store, record)
  return state.log
}
