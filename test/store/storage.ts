import type { LogEntry } from '../../src/protocol/server-frames.ts'
import { DEFAULT_SETTINGS, type RoomRecord } from '../../src/room/model/room-record.ts'
import type { Store } from '../../src/room/model/store.ts'

/** One storage. Opened again, it holds what was stored. */
export interface StorageUnderTest {
  open(): Store
  readonly rowsWritten: number
}

/** Runs `work` with a new, empty storage. */
export type InStorage = (work: (storage: StorageUnderTest) => void) => Promise<void>

export const ROOM = 'kitchen'

export const RECORD: RoomRecord = {
  epoch: 'first',
  seq: 0,
  time: 1_000,
  floor: 0,
  topic: 'Tea & “biscuits” 🍪',
  access: { kind: 'open' },
  settings: DEFAULT_SETTINGS,
}

type Parts<E extends LogEntry['event']> = Omit<
  Extract<LogEntry, { event: E }>['data'],
  'seq' | 'id' | 'by' | 'username' | 'time' | 'room'
>

/** An entry of the log: the given fields, and defaults for the others. */
export function entry<E extends LogEntry['event']>(event: E, seq: number, parts: Parts<E>, by = 'ann') {
  const data = {
    seq,
    id: `id-${seq}`,
    by,
    username: by.toUpperCase(),
    time: 1_000 + seq,
    room: ROOM,
    ...parts,
  }
  return { event, data }
}
