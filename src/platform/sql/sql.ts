export type SqlValue = string | number | null
export type SqlRow = Record<string, SqlValue>

/** The little of SQLite that the store needs: the same over a Durable Object and over Node. */
export interface Sql {
  /** Runs one statement and answers all its rows. */
  run(statement: string, ...values: SqlValue[]): SqlRow[]
  transaction<T>(work: () => T): T
}
