export type SqlValue = string | number | null
export type SqlRow = Record<string, SqlValue>

/** The part of SQLite that the store needs, for Durable Objects and for Node. */
export interface Sql {
  /** Runs one statement and returns all its rows. */
  run(statement: string, ...values: SqlValue[]): SqlRow[]
  transaction<T>(work: () => T): T
}
