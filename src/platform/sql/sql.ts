export type SqlValue = string | number | null
export type SqlRow = Record<string, SqlValue>

/** One text that is stored beside the tables, or without any: a single row. */
export interface PendingRecord {
  read(): string | undefined
  write(text: string): void
  clear(): void
}

/** The part of SQLite that the store needs, for Durable Objects and for Node. */
export interface Sql {
  /** Runs one statement and returns all its rows. */
  run(statement: string, ...values: SqlValue[]): SqlRow[]
  transaction<T>(work: () => T): T
}
