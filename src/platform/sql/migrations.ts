import { nameKeysOf } from '../../room/model/confusable-names.ts'
import type { Sql } from './sql.ts'

/** A statement, or what no statement can say. */
type MigrationStep = string | ((sql: Sql) => void)

/**
 * The schema, as steps. Steps are only ever added. A room runs the new ones when it next wakes. The keys of every table
 * make an insert write one row. The log itself has no index at all.
 */
export const MIGRATIONS: readonly (readonly MigrationStep[])[] = [
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
    // The log is two tables with one numbering: the current messages, and all other changes. So a page of messages
    // reads no rows of edits and reactions.
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
  // The room's usage so far: one row of counts, read and written together.
  ['CREATE TABLE usage (id INTEGER PRIMARY KEY CHECK (id = 1), counts TEXT NOT NULL) STRICT'],
  ['ALTER TABLE people ADD COLUMN read INTEGER NOT NULL DEFAULT 0'],
  // Room settings and moderation.
  [
    "ALTER TABLE room ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'",
    'ALTER TABLE people ADD COLUMN muted_until INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE people ADD COLUMN banned_until INTEGER NOT NULL DEFAULT 0',
    'CREATE TABLE admissions (by TEXT PRIMARY KEY, role TEXT NOT NULL) STRICT, WITHOUT ROWID',
    `CREATE TABLE links (
      hash TEXT PRIMARY KEY,
      role TEXT NOT NULL,
      made_by TEXT NOT NULL,
      made_at INTEGER NOT NULL,
      expires INTEGER,
      uses INTEGER
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE network_bans (
      network TEXT PRIMARY KEY,
      by TEXT NOT NULL,
      until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    'CREATE TABLE blocks (by TEXT, blocked TEXT, PRIMARY KEY (by, blocked)) STRICT, WITHOUT ROWID',
    `CREATE TABLE audit (
      n INTEGER PRIMARY KEY,
      time INTEGER NOT NULL,
      by TEXT NOT NULL,
      username TEXT NOT NULL,
      action TEXT NOT NULL,
      about TEXT,
      about_name TEXT,
      detail TEXT
    ) STRICT`,
  ],
  // A network stays banned until the last person banned with it is unbanned.
  [
    `CREATE TABLE banned_networks (
      network TEXT,
      by TEXT,
      until INTEGER NOT NULL,
      PRIMARY KEY (network, by)
    ) STRICT, WITHOUT ROWID`,
    'INSERT INTO banned_networks SELECT network, by, until FROM network_bans',
    'DROP TABLE network_bans',
    // The order in which people who used a link of unlimited uses and never joined make way for later ones.
    'ALTER TABLE admissions ADD COLUMN turn INTEGER',
    'CREATE INDEX admissions_by_turn ON admissions (turn) WHERE turn IS NOT NULL',
  ],
  // What was done, as JSON. Earlier entries have it as one text, in `detail`.
  ['ALTER TABLE audit ADD COLUMN fields TEXT'],
  // An admission ends with its link.
  ['ALTER TABLE admissions ADD COLUMN link TEXT'],
  // The reports of one message are one entry, found by the message.
  [
    'ALTER TABLE people ADD COLUMN since INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE audit ADD COLUMN reported INTEGER',
    'ALTER TABLE audit ADD COLUMN reporters TEXT',
    'ALTER TABLE audit ADD COLUMN newcomers INTEGER NOT NULL DEFAULT 0',
    'CREATE UNIQUE INDEX audit_by_reported ON audit (reported) WHERE reported IS NOT NULL',
  ],
  // Where to begin the search for what a person said, when they ask to be forgotten.
  ['ALTER TABLE people ADD COLUMN joined_after INTEGER NOT NULL DEFAULT 0'],
  // Names are compared by a newer table. People who came before this step count as having spoken.
  [
    'ALTER TABLE people ADD COLUMN silent INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE people ADD COLUMN shown_key TEXT',
    'CREATE INDEX people_by_shown_name ON people (shown_key) WHERE shown_key IS NOT NULL',
    renewNameKeys,
  ],
  // Who invited, and from which network. Pairs of earlier versions count as people who have met.
  [
    'ALTER TABLE invitations ADD COLUMN inviter_id TEXT',
    'ALTER TABLE invitations ADD COLUMN network TEXT',
    'ALTER TABLE pairs ADD COLUMN met INTEGER NOT NULL DEFAULT 1',
    'ALTER TABLE people ADD COLUMN refuses_strangers INTEGER NOT NULL DEFAULT 0',
  ],
]

/** The keys of names in ASCII have stayed, so a room of those writes nothing. */
function renewNameKeys(sql: Sql): void {
  for (const { by, username, name_key } of sql.run(
    "SELECT by, username, name_key FROM people WHERE username GLOB '*[^ -~]*'",
  )) {
    const { nameKey, shownKey = null } = nameKeysOf(String(username))
    if (nameKey === name_key && shownKey === null) continue
    sql.run('UPDATE people SET name_key = ?, shown_key = ? WHERE by = ?', nameKey, shownKey, String(by))
  }
}

/** The number of steps this storage has run. */
export function schemaVersion(sql: Sql): number {
  const [table] = sql.run("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema'")
  if (table === undefined) return 0
  return Number(sql.run('SELECT version FROM schema')[0]?.version ?? 0)
}

/** Brings the schema up to date. Throws, and changes nothing, if a later version wrote it. */
export function migrate(sql: Sql, steps: readonly (readonly MigrationStep[])[] = MIGRATIONS): void {
  const from = schemaVersion(sql)
  if (from > steps.length)
    throw new Error(
      `The storage has schema ${from}, but this version only knows schemas up to ${steps.length}`,
    )
  if (from === steps.length) return
  sql.transaction(() => {
    for (const step of steps.slice(from).flat()) {
      if (typeof step === 'string') sql.run(step)
      else step(sql)
    }
    if (from === 0) sql.run('CREATE TABLE schema (version INTEGER NOT NULL) STRICT')
    sql.run(from === 0 ? 'INSERT INTO schema VALUES (?)' : 'UPDATE schema SET version = ?', steps.length)
  })
}
