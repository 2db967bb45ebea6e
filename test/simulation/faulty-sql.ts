import { migrate } from '../../src/platform/sql/migrations.ts'
import type { Sql, SqlRow, SqlValue } from '../../src/platform/sql/sql.ts'
import { SqlStore } from '../../src/platform/sql/sql-store.ts'
import type { LogEntry } from '../../src/protocol/server-frames.ts'
import { StorageRefused } from '../../src/room/model/storage-refused.ts'
import { holds } from '../../tools/delivery/invariants.ts'
import type { NodeSql } from '../../tools/node-sql.ts'

const WRITE = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)/i
const TABLES = ['room', 'messages', 'changes', 'people', 'pairs', 'invitations'] as const

/** A copy of every row of a room. */
export type Copy = readonly { table: string; rows: readonly SqlRow[] }[]

/**
 * A room's database, which outlives the room's object. It can fail on demand, reports what was committed, and can trim,
 * erase or restore the room.
 */
export class FaultySql implements Sql {
  readonly #sql: NodeSql
  readonly #room: string
  #committed: LogEntry[] = []
  #written: LogEntry[] = []
  #isInTransaction = false
  /** Every write is refused, as by a full disk. */
  isRefusing = false
  /** Called where a write is refused: the room then makes its memory again. */
  refused = (): void => {}
  #failsIn = Number.POSITIVE_INFINITY

  constructor(sql: NodeSql, room: string) {
    this.#sql = sql
    this.#room = room
    // The tables exist and are empty, so that a used database is as good as a new one.
    migrate(sql)
    this.clear()
  }

  /** The store of a waking room. */
  open(): SqlStore {
    return new WatchedStore(this, this.#room, (entry) => this.#written.push(entry))
  }

  /** A store that never fails, for checks. */
  look(): SqlStore {
    return new SqlStore(this.#sql, this.#room)
  }

  /** Checks that every committed change is stored. */
  checkCount(committed: number): void {
    const stored = this.look().record()?.seq ?? 0
    holds('durable', stored === committed, () => `${stored} of ${committed} changes are stored`)
  }

  /** The changes committed since the last call, as they were written. */
  takeCommitted(): readonly LogEntry[] {
    const committed = this.#committed
    if (committed.length > 0) this.#committed = []
    return committed
  }

  /** Makes the given statement from now on throw. A commit counts as a statement. */
  failIn(statements: number): void {
    this.#failsIn = statements
  }

  run(statement: string, ...values: SqlValue[]): SqlRow[] {
    this.#mayFail()
    if (this.isRefusing && WRITE.test(statement)) {
      this.refused()
      throw new StorageRefused('The disk is full', false)
    }
    return this.#sql.run(statement, ...values)
  }

  transaction<T>(work: () => T): T {
    if (this.#isInTransaction) return this.#sql.transaction(work)
    this.#isInTransaction = true
    try {
      const result = this.#sql.transaction(() => {
        const done = work()
        if (this.#written.length > 0) this.#mayFail()
        return done
      })
      this.#committed.push(...this.#written)
      return result
    } finally {
      this.#isInTransaction = false
      this.#written = []
    }
  }

  /** Removes all changes up to and including `floor`. */
  trim(floor: number): void {
    const store = this.look()
    const record = store.record()
    if (record === undefined || floor <= record.floor) return
    store.transaction(() => {
      store.saveRecord({ ...record, floor })
      for (const table of ['messages', 'changes']) this.#sql.run(`DELETE FROM ${table} WHERE seq <= ?`, floor)
    })
  }

  clear(): void {
    for (const table of TABLES) this.#sql.run(`DELETE FROM ${table}`)
  }

  copy(): Copy {
    return TABLES.map((table) => ({ table, rows: this.#sql.run(`SELECT * FROM ${table}`) }))
  }

  /** Restores a copy under another epoch. */
  restore(copy: Copy, epoch: string): void {
    this.clear()
    for (const { table, rows } of copy) {
      for (const row of rows) {
        const values = Object.values(row)
        this.#sql.run(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`, ...values)
      }
    }
    this.#sql.run('UPDATE room SET epoch = ?', epoch)
  }

  #mayFail(): void {
    this.#failsIn -= 1
    if (this.#failsIn !== 0) return
    this.#failsIn = Number.POSITIVE_INFINITY
    throw new Error('The storage failed')
  }
}

class WatchedStore extends SqlStore {
  readonly #wrote: (entry: LogEntry) => void

  constructor(sql: Sql, room: string, wrote: (entry: LogEntry) => void) {
    super(sql, room)
    this.#wrote = wrote
  }

  override append(entry: LogEntry): void {
    super.append(entry)
    this.#wrote(entry)
  }
}
