import type { Sql } from './sql.ts'

/** How many messages a room has kept up to a `seq`. */
export interface Census {
  messages: number
  upTo: number
}

/** Counts what came since the last census: a row is read for each new message, and for each person. */
export function takeCensus(sql: Sql, last: Census = { messages: 0, upTo: 0 }): Census & { people: number } {
  const [fresh] = sql.run('SELECT COUNT(*) AS n, MAX(seq) AS newest FROM messages WHERE seq > ?', last.upTo)
  const [people] = sql.run('SELECT COUNT(*) AS n FROM people')
  return {
    messages: last.messages + Number(fresh?.n ?? 0),
    upTo: Number(fresh?.newest ?? last.upTo),
    people: Number(people?.n ?? 0),
  }
}
