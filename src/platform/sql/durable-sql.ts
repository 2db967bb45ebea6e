import type { PendingRecord, Sql, SqlRow, SqlValue } from './sql.ts'
import { orRefused } from './storage-refusal.ts'

const PENDING = 'pending'

/** A Durable Object's own SQLite. It counts rows as the platform bills them. */
export class DurableSql implements Sql {
  readonly #storage: DurableObjectStorage
  rowsRead = 0
  rowsWritten = 0

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
  }

  run(statement: string, ...values: SqlValue[]): SqlRow[] {
    return orRefused(() => {
      const cursor = this.#storage.sql.exec<SqlRow>(statement, ...values)
      // A half-read cursor would stay open, and later statements would find the table locked.
      const rows = cursor.toArray()
      this.rowsRead += cursor.rowsRead
      this.rowsWritten += cursor.rowsWritten
      return rows
    })
  }

  /** The record of a private room that nobody has joined yet. */
  get pending(): PendingRecord {
    const { kv } = this.#storage
    return {
      read: () => {
        this.rowsRead += 1
        return orRefused(() => kv.get<string>(PENDING))
      },
      write: (text) => {
        this.rowsWritten += 1
        orRefused(() => kv.put(PENDING, text))
      },
      clear: () => {
        this.rowsWritten += 1
        orRefused(() => kv.delete(PENDING))
      },
    }
  }

  get storedBytes(): number {
    return this.#storage.sql.databaseSize
  }

  transaction<T>(work: () => T): T {
    return this.#storage.transactionSync(work)
  }
}
