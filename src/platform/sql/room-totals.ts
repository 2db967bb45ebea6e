import type { Sql } from './sql.ts'

/** How many messages a room stored up to a `seq`, and how many people it had when they were last counted. */
export interface RoomTotals {
  messages: number
  upTo: number
  people?: number
  /** In ms. */
  countedAt?: number
}

/** People are counted up to here: beyond it, the index of rooms has no more to say. */
const MOST_COUNTED = 10_000
/** More people than this are counted once a day. */
const FEW_PEOPLE = 100
const DAY_MS = 24 * 60 * 60 * 1_000

/** Adds the messages since the last total, and counts the people where that is due. Reads a row for each of both. */
export function roomTotals(
  sql: Sql,
  last: RoomTotals | undefined,
  now: number,
): RoomTotals & { people: number } {
  const { messages, upTo, people = 0, countedAt = 0 } = last ?? { messages: 0, upTo: 0 }
  const [fresh] = sql.run('SELECT COUNT(*) AS n, MAX(seq) AS newest FROM messages WHERE seq > ?', upTo)
  const isDue = people <= FEW_PEOPLE || now - countedAt >= DAY_MS
  return {
    messages: messages + Number(fresh?.n ?? 0),
    upTo: Number(fresh?.newest ?? upTo),
    ...(isDue ? { people: countPeople(sql), countedAt: now } : { people, countedAt }),
  }
}

function countPeople(sql: Sql): number {
  const [row] = sql.run('SELECT COUNT(*) AS n FROM (SELECT 1 FROM people LIMIT ?)', MOST_COUNTED)
  return Number(row?.n ?? 0)
}
