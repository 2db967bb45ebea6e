import type { Sql } from './sql.ts'

/**
 * The schema, as steps that are only ever added to: a room runs those it has not seen when it next wakes. Every
 * table is keyed so that an insert writes one row; the log itself has no index at all.
 */
const MIGRATIONS: readonly string[][] = [
  [
    `CREATE TABLE room (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      epoch TEXT NOT NULL,
      seq INTEGER NOT NULL,
      time INTEGER NOT NULL,
      floor INTEGER NOT NULL,
      topic TEXT NOT NULL,
      access TEXT NOT NULL
    ) STRICT`,
    // The log is two tables under one numbering: messages as they are today, and every other change. So a page of
    // messages reads no other rows, however many edits and reactions lie between.
    `CREATE TABLE messages (
      seq INTEGER PRIMARY KEY,
      time INTEGER NOT NULL,
      by TEXT NOT NULL,
      username TEXT NOT NULL,
      id TEXT NOT NULL,
      body TEXT NOT NULL,
      extra TEXT
    ) STRICT`,
    `CREATE TABLE changes (
      seq INTEGER PRIMARY KEY,
      time INTEGER NOT NULL,
      by TEXT NOT NULL,
      username TEXT NOT NULL,
      id TEXT NOT NULL,
      event TEXT NOT NULL,
      data TEXT NOT NULL
    ) STRICT`,
    `CREATE TABLE people (
      by TEXT PRIMARY KEY,
      session TEXT NOT NULL,
      username TEXT NOT NULL,
      name_key TEXT NOT NULL,
      role TEXT NOT NULL,
      seen INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX people_by_name ON people (name_key)',
    `CREATE TABLE pairs (
      one TEXT NOT NULL,
      other TEXT NOT NULL,
      room TEXT NOT NULL,
      PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE invitations (
      invited TEXT NOT NULL,
      room TEXT NOT NULL,
      inviter TEXT NOT NULL,
      PRIMARY KEY (invited, room)
    ) STRICT, WITHOUT ROWID`,
  ],
  // What the room has cost so far: one row of counts, which are read and written together.
  ['CREATE TABLE usage (id INTEGER PRIMARY KEY CHECK (id = 1), counts TEXT NOT NULL) STRICT'],
]

/** The version this storage has: how many steps it has seen. */
export function schemaVersion(sql: Sql): number {
  const [table] = sql.run("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema'")
  if (table === undefined) return 0
  return Number(sql.run('SELECT version FROM schema')[0]?.version ?? 0)
}

/** Brings the schema up to date. A room of a later version is left alone and refused. */
export function migrate(sql: Sql, steps: readonly (readonly string[])[] = MIGRATIONS): void {
  const from = schemaVersion(sql)
  if (from > steps.length)
    throw new Error(`This room is of schema ${from}; this version knows ${steps.length}`)
  if (from === steps.length) return
  sql.transaction(() => {
    for (const statement of steps.slice(from).flat()) sql.run(statement)
    if (from === 0) sql.run('CREATE TABLE schema (version INTEGER NOT NULL) STRICT')
    sql.run(from === 0 ? 'INSERT INTO schema VALUES (?)' : 'UPDATE schema SET version = ?', steps.length)
  })
}
