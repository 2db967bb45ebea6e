import type { Sql, SqlRow, SqlValue } from './sql.ts'

/** A Durable Object's own SQLite. It counts rows as the platform bills them. */
export class DurableSql implements Sql {
  readonly #storage: DurableObjectStorage
  rowsRead = 0
  rowsWritten = 0

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
  }

  run(statement: string, ...values: SqlValue[]): SqlRow[] {
    const cursor = this.#storage.sql.exec<SqlRow>(statement, ...values)
    // A half-read cursor would stay open, and later statements would find the table locked.
    const rows = cursor.toArray()
    this.rowsRead += cursor.rowsRead
    this.rowsWritten += cursor.rowsWritten
    return rows
  }

  get storedBytes(): number {
    return this.#storage.sql.databaseSize
  }

  transaction<T>(work: () => T): T {
    return this.#storage.transactionSync(work)
  }
}
