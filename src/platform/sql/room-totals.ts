import type { Sql } from './sql.ts'

/** How many messages a room stored up to a `seq`. */
export interface MessageTotal {
  messages: number
  upTo: number
}

/** Adds the messages since the last total, and counts the people. Reads a row for each of both. */
export function roomTotals(
  sql: Sql,
  last: MessageTotal = { messages: 0, upTo: 0 },
): MessageTotal & { people: number } {
  const [fresh] = sql.run('SELECT COUNT(*) AS n, MAX(seq) AS newest FROM messages WHERE seq > ?', last.upTo)
  const [people] = sql.run('SELECT COUNT(*) AS n FROM people')
  return {
    messages: last.messages + Number(fresh?.n ?? 0),
    upTo: Number(fresh?.newest ?? last.upTo),
    people: Number(people?.n ?? 0),
  }
}
