import type { LogEntry } from '../../protocol/server-frames.ts'
import { sharedSettings } from '../../room/model/room-record.ts'
import { personOf } from './row-mapping.ts'
import type { Sql } from './sql.ts'
import type { SqlStore } from './sql-store.ts'

const PEOPLE_PER_PAGE = 1_000
const ENTRIES_PER_PAGE = 500

/** The room to export, and its storage. */
export interface ExportSource {
  sql: Sql
  store: SqlStore
  room: string
}

/** Where the next page begins: among the people, or in the log, which ends at `upTo`. */
export interface ExportCursor {
  epoch: string
  upTo: number
  people?: string
  seq?: number
}

export interface ExportPage {
  lines: string[]
  /** Absent on the last page. */
  next?: ExportCursor
}

/**
 * One page of a room's export, as lines of JSON: the room, its people without their session and name key, and its log
 * in order. The log ends where it ended when the export began. Undefined if the room does not exist, or was erased and
 * begun again since.
 */
export function exportPage({ sql, store, room }: ExportSource, place?: ExportCursor): ExportPage | undefined {
  const record = store.record()
  if (record === undefined || (place && place.epoch !== record.epoch)) return undefined
  const { epoch, seq, floor, topic } = record
  if (place === undefined) {
    const line = { kind: 'room', room, epoch, seq, floor, topic, ...sharedSettings(record) }
    return { lines: [JSON.stringify(line)], next: { epoch, upTo: seq, people: '' } }
  }
  if (!store.hasTables) return { lines: [] }
  if (place.people !== undefined) {
    const rows = sql.run(
      'SELECT * FROM people WHERE by > ? ORDER BY by LIMIT ?',
      place.people,
      PEOPLE_PER_PAGE,
    )
    const people = rows.map(personOf)
    const lines = people.map(({ session: _session, joinedAfter: _after, silent: _silent, ...person }) =>
      JSON.stringify({ kind: 'person', ...person }),
    )
    const last = people.length === PEOPLE_PER_PAGE ? people.at(-1) : undefined
    const { people: _people, ...rest } = place
    return { lines, next: last ? { ...place, people: last.by } : { ...rest, seq: floor } }
  }
  const after = Math.max(place.seq ?? 0, floor)
  const limit = Math.min(ENTRIES_PER_PAGE, Math.max(0, place.upTo - after))
  const lines = store.replay(after, limit).map((entry: LogEntry) => JSON.stringify(entry))
  const isEnd = after + limit >= place.upTo
  return { lines, ...(isEnd ? {} : { next: { ...place, seq: after + limit } }) }
}
