import type { LogEntry } from '../../protocol/server-frames.ts'
import { sharedSettings } from '../../room/model/room-record.ts'
import { personOf } from './row-mapping.ts'
import type { Sql } from './sql.ts'
import type { SqlStore } from './sql-store.ts'

const PEOPLE_A_PAGE = 1_000
const ENTRIES_A_PAGE = 500

/** What is exported: a room's storage. */
export interface ExportSource {
  sql: Sql
  store: SqlStore
  room: string
}

/** Where an export goes on: among the people, or in the log, which ends at `upTo`. */
export interface ExportCursor {
  epoch: string
  upTo: number
  people?: string
  seq?: number
}

export interface ExportPage {
  lines: string[]
  /** Absent at the end. */
  next?: ExportCursor
}

/**
 * A page of all that a room holds, as lines of JSON: what it is, its people without what they are known by elsewhere,
 * and its log as events in order. The log ends where it was as the export began. Undefined where there is no such
 * room, or it is another one by now.
 */
export function exportPage({ sql, store, room }: ExportSource, place?: ExportCursor): ExportPage | undefined {
  const record = store.record()
  if (record === undefined || (place && place.epoch !== record.epoch)) return undefined
  const { epoch, seq, floor, topic } = record
  if (place === undefined) {
    const line = { kind: 'room', room, epoch, seq, floor, topic, ...sharedSettings(record) }
    return { lines: [JSON.stringify(line)], next: { epoch, upTo: seq, people: '' } }
  }
  if (place.people !== undefined) {
    const rows = sql.run('SELECT * FROM people WHERE by > ? ORDER BY by LIMIT ?', place.people, PEOPLE_A_PAGE)
    const people = rows.map(personOf)
    const lines = people.map(({ session: _session, nameKey: _nameKey, ...person }) =>
      JSON.stringify({ kind: 'person', ...person }),
    )
    const last = people.length === PEOPLE_A_PAGE ? people.at(-1) : undefined
    const { people: _people, ...rest } = place
    return { lines, next: last ? { ...place, people: last.by } : { ...rest, seq: floor } }
  }
  const after = Math.max(place.seq ?? 0, floor)
  const limit = Math.min(ENTRIES_A_PAGE, Math.max(0, place.upTo - after))
  const lines = store.replay(after, limit).map((entry: LogEntry) => JSON.stringify(entry))
  const isEnd = after + limit >= place.upTo
  return { lines, ...(isEnd ? {} : { next: { ...place, seq: after + limit } }) }
}
