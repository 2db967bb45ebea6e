import { DurableSql } from '../../../src/platform/sql/durable-sql.ts'
import type { SqlRow, SqlValue } from '../../../src/platform/sql/sql.ts'

/** Longer than a busy machine needs to bring an ack to its reader. */
const LATE_MS = 500
const UNDO = new Error('Undo')

interface Statement {
  text: string
  values: SqlValue[]
}

/**
 * Delays the writes of a room until a timer. Reads see them, so nobody notices while the process lives. But nothing is
 * stored yet, so the platform does not hold back the frames.
 */
const { run } = DurableSql.prototype
const unwritten = new WeakMap<DurableSql, Statement[]>()

DurableSql.prototype.run = function (text, ...values): SqlRow[] {
  const waiting = unwritten.get(this) ?? []
  unwritten.set(this, waiting)
  // Tables and their schema version are written at once: otherwise a room killed too early could never begin again.
  if (!/^(INSERT|UPDATE|DELETE) (?!INTO schema|schema)/.test(text))
    return readAhead(this, waiting, { text, values })
  if (waiting.length === 0) setTimeout(() => write(this, waiting.splice(0)), LATE_MS)
  waiting.push({ text, values })
  return []
}

function write(sql: DurableSql, statements: readonly Statement[]): void {
  for (const { text, values } of statements) run.call(sql, text, ...values)
}

/** Writes what waits for the time of this one statement, and undoes it; what makes tables stays. */
function readAhead(sql: DurableSql, waiting: Statement[], { text, values }: Statement): SqlRow[] {
  if (!text.startsWith('SELECT')) {
    write(sql, waiting.splice(0))
    return run.call(sql, text, ...values)
  }
  let rows: SqlRow[] = []
  try {
    sql.transaction(() => {
      write(sql, waiting)
      rows = run.call(sql, text, ...values)
      throw UNDO
    })
  } catch (fault) {
    if (fault !== UNDO) throw fault
  }
  return rows
}
