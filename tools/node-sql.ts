import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Sql, SqlRow, SqlValue } from '../src/platform/sql/sql.ts'

const BEGIN = 'BEGIN'

interface Prepared {
  readonly prepared: StatementSync
  readonly isQuery: boolean
  /** It writes rows and returns them. */
  readonly isReturning: boolean
}

/** Node's SQLite, in memory, behind the interface of a room's store. It counts rows as the platform does. */
export class NodeSql implements Sql {
  readonly #database = new DatabaseSync(':memory:')
  readonly #statements = new Map<string, Prepared>()
  /** SQLite's transaction begins at the first write, because most transactions write nothing. */
  #transaction: 'none' | 'reading' | 'writing' = 'none'
  rowsRead = 0
  /** Without rows of indexes, which SQLite does not report. */
  rowsWritten = 0

  run(statement: string, ...values: SqlValue[]): SqlRow[] {
    const { prepared, isQuery, isReturning } = this.#prepare(statement)
    if (isQuery) {
      const rows = prepared.all(...values) as SqlRow[]
      this.rowsRead += rows.length
      return rows
    }
    if (this.#transaction === 'reading') {
      this.#prepare(BEGIN).prepared.run()
      this.#transaction = 'writing'
    }
    if (isReturning) {
      const rows = prepared.all(...values) as SqlRow[]
      this.rowsWritten += rows.length
      return rows
    }
    this.rowsWritten += Number(prepared.run(...values).changes)
    return []
  }

  transaction<T>(work: () => T): T {
    if (this.#transaction !== 'none') return work()
    this.#transaction = 'reading'
    try {
      const result = work()
      this.#end('COMMIT')
      return result
    } catch (error) {
      this.#end('ROLLBACK')
      throw error
    } finally {
      this.#transaction = 'none'
    }
  }

  close(): void {
    this.#database.close()
  }

  #end(statement: 'COMMIT' | 'ROLLBACK'): void {
    if (this.#transaction === 'writing') this.#prepare(statement).prepared.run()
  }

  #prepare(statement: string): Prepared {
    const known = this.#statements.get(statement)
    if (known) return known
    const isQuery = /^\s*SELECT/i.test(statement)
    const isReturning = /\sRETURNING\s/i.test(statement)
    const made = { prepared: this.#database.prepare(statement), isQuery, isReturning }
    this.#statements.set(statement, made)
    return made
  }
}
