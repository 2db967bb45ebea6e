import { LIMITS } from '../../protocol/limits.ts'
import type {
  Admission,
  AuditEntry,
  AuditFields,
  InviteLink,
  ModerationStore,
  StoredAuditEntry,
  StoredReport,
} from '../../room/model/moderation-store.ts'
import type { Sql, SqlRow } from './sql.ts'

/** How many entries of each kind the audit log keeps. What anyone can cause pushes out no other entries. */
const AUDIT_KINDS = [
  ["action = 'report' AND newcomers = 0", LIMITS.auditReports],
  ["action = 'report' AND newcomers = 1", LIMITS.auditNewcomersReports],
  ["action = 'redeemLink'", LIMITS.auditRedemptions],
  ["action NOT IN ('report', 'redeemLink')", LIMITS.auditNotes],
] as const

/** A room's moderation data in SQLite. Until the room begins, everything reads as empty. */
export class SqlModeration implements ModerationStore {
  readonly #sql: Sql
  readonly #begun: () => boolean

  constructor(sql: Sql, begun: () => boolean) {
    this.#sql = sql
    this.#begun = begun
  }

  admitted(by: string, now: number): Admission | undefined {
    const [row] = this.#read(
      `SELECT admissions.role, link FROM admissions LEFT JOIN links ON hash = link
      WHERE by = ? AND (link IS NULL OR (hash IS NOT NULL AND (expires IS NULL OR expires > ?)))`,
      by,
      now,
    )
    return row && { role: linkRole(row), ...(row.link === null ? {} : { link: String(row.link) }) }
  }

  admit(by: string, { role, link }: Admission): void {
    this.#sql.run(
      'INSERT OR REPLACE INTO admissions (by, role, link) VALUES (?, ?, ?)',
      by,
      role,
      link ?? null,
    )
  }

  admitForNow(by: string, { role, link }: Admission): void {
    const [row] = this.#sql.run(
      `INSERT OR REPLACE INTO admissions (by, role, link, turn)
      VALUES (?, ?, ?, (SELECT IFNULL(MAX(turn), 0) + 1 FROM admissions WHERE turn IS NOT NULL))
      RETURNING turn`,
      by,
      role,
      link ?? null,
    )
    this.#sql.run('DELETE FROM admissions WHERE turn <= ?', Number(row?.turn) - LIMITS.waiting)
  }

  unadmit(by: string): void {
    const [ended] = this.#sql.run('DELETE FROM admissions WHERE by = ? RETURNING link', by)
    if (ended === undefined || ended.link === null) return
    this.#sql.run(
      'DELETE FROM links WHERE hash = ?1 AND uses = 0 AND NOT EXISTS (SELECT 1 FROM admissions WHERE link = ?1)',
      String(ended.link),
    )
  }

  links(): InviteLink[] {
    return this.#read('SELECT *, NULL AS waiting FROM links ORDER BY made_at').map(linkOf)
  }

  linksWithWaiting(): InviteLink[] {
    return this.#read(
      `SELECT links.*, waiting FROM links
      LEFT JOIN (SELECT link, COUNT(*) AS waiting FROM admissions GROUP BY link) ON link = hash
      ORDER BY made_at`,
    ).map(linkOf)
  }

  link(hash: string): InviteLink | undefined {
    const [row] = this.#read('SELECT *, NULL AS waiting FROM links WHERE hash = ?', hash)
    return row && linkOf(row)
  }

  saveLink({ hash, role, madeBy, madeAt, expires, uses }: InviteLink): void {
    this.#sql.run(
      'INSERT OR REPLACE INTO links (hash, role, made_by, made_at, expires, uses) VALUES (?, ?, ?, ?, ?, ?)',
      hash,
      role,
      madeBy,
      madeAt,
      expires ?? null,
      uses ?? null,
    )
  }

  removeLinks(hashes: readonly string[]): void {
    if (hashes.length === 0) return
    const list = JSON.stringify(hashes)
    this.#sql.run('DELETE FROM links WHERE hash IN (SELECT value FROM json_each(?))', list)
    // One look through the admissions, however many links.
    this.#sql.run('DELETE FROM admissions WHERE link IN (SELECT value FROM json_each(?))', list)
  }

  banNetwork(network: string, by: string, until: number): void {
    this.#sql.run(
      'INSERT OR REPLACE INTO banned_networks (network, by, until) VALUES (?, ?, ?)',
      network,
      by,
      until,
    )
  }

  networkBannedUntil(network: string): number {
    const [row] = this.#read('SELECT max(until) AS until FROM banned_networks WHERE network = ?', network)
    return Number(row?.until ?? 0)
  }

  unbanNetworks(by: string): void {
    this.#sql.run('DELETE FROM banned_networks WHERE by = ?', by)
  }

  block(by: string, blocked: string): void {
    this.#sql.run('INSERT OR IGNORE INTO blocks (by, blocked) VALUES (?, ?)', by, blocked)
  }

  unblock(by: string, blocked: string): void {
    this.#sql.run('DELETE FROM blocks WHERE by = ? AND blocked = ?', by, blocked)
  }

  blocked(by: string): string[] {
    return this.#read('SELECT blocked FROM blocks WHERE by = ?', by).map(({ blocked }) => String(blocked))
  }

  hasBlocked(by: string, other: string): boolean {
    return this.#read('SELECT 1 FROM blocks WHERE by = ? AND blocked = ?', by, other).length > 0
  }

  note(entry: AuditEntry): void {
    this.#enter(entry)
  }

  reportOf(ref: number): StoredReport | undefined {
    const [row] = this.#read('SELECT * FROM audit WHERE reported = ?', ref)
    if (row === undefined) return undefined
    const { n: _, ...entry } = noteOf(row)
    return {
      entry,
      // Only this file writes the JSON, so it trusts the shape.
      reporters: JSON.parse(String(row.reporters)) as string[],
      isOfNewcomers: row.newcomers === 1,
    }
  }

  saveReport(ref: number, report: StoredReport): void {
    this.#enter(report.entry, { ref, ...report })
  }

  #enter(entry: AuditEntry, report?: StoredReport & { ref: number }): void {
    const { time, by, username, action, about, aboutName, ...fields } = entry
    const [row] = this.#sql.run(
      `INSERT INTO audit (time, by, username, action, about, about_name, fields, reported, reporters, newcomers)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (reported) WHERE reported IS NOT NULL DO UPDATE SET by = excluded.by, username = excluded.username,
        fields = excluded.fields, reporters = excluded.reporters, newcomers = excluded.newcomers
      RETURNING n`,
      time,
      by,
      username,
      action,
      about ?? null,
      aboutName ?? null,
      JSON.stringify(fields),
      report?.ref ?? null,
      report === undefined ? null : JSON.stringify(report.reporters),
      report?.isOfNewcomers ? 1 : 0,
    )
    // Looking for the oldest reads the whole audit log, so it is done once in a while.
    if (Number(row?.n) % LIMITS.auditTrimEvery !== 0) return
    for (const [kind, limit] of AUDIT_KINDS) {
      this.#sql.run(
        `DELETE FROM audit WHERE ${kind} AND n <= (SELECT n FROM audit WHERE ${kind} ORDER BY n DESC LIMIT 1 OFFSET ?)`,
        limit,
      )
    }
  }

  removeName(by: string): void {
    const links = this.#read('SELECT hash FROM links WHERE made_by = ?', by)
    this.removeLinks(links.map(({ hash }) => String(hash)))
    this.#sql.run("UPDATE audit SET username = '' WHERE by = ?", by)
    this.#sql.run(
      "UPDATE audit SET fields = json_remove(fields, '$.reason') WHERE by = ? AND action = 'report'",
      by,
    )
    // Earlier versions stored the number of the message and the reason as one text. The number stays.
    this.#sql.run(
      "UPDATE audit SET detail = substr(detail, 1, instr(detail || ' ', ' ') - 1) WHERE by = ? AND action = 'report'",
      by,
    )
    this.#sql.run("UPDATE audit SET about_name = '' WHERE about = ?", by)
    // Earlier versions stored who invited only in the record of the pair.
    this.#sql.run(
      `UPDATE invitations SET inviter = '', inviter_id = NULL, network = NULL
      WHERE inviter_id = ?1 OR (inviter_id IS NULL AND invited <> ?1
        AND room IN (SELECT room FROM pairs WHERE one = ?1 OR other = ?1))`,
      by,
    )
  }

  notes(before: number, limit: number, reader = ''): StoredAuditEntry[] {
    const query = `SELECT * FROM audit WHERE n < ? AND NOT (action = 'report' AND about IS ?) ORDER BY n DESC LIMIT ?`
    return this.#read(query, before, reader, limit).map(noteOf)
  }

  reports(limit: number): StoredAuditEntry[] {
    return this.#read("SELECT * FROM audit WHERE action = 'report' ORDER BY n DESC LIMIT ?", limit).map(
      noteOf,
    )
  }

  #read(query: string, ...values: (string | number)[]): SqlRow[] {
    return this.#begun() ? this.#sql.run(query, ...values) : []
  }
}

function linkRole({ role }: SqlRow): InviteLink['role'] {
  return String(role) as InviteLink['role']
}

function linkOf(row: SqlRow): InviteLink {
  const { hash, made_by, made_at, expires, uses, waiting } = row
  return {
    hash: String(hash),
    role: linkRole(row),
    madeBy: String(made_by),
    madeAt: Number(made_at),
    ...(expires === null ? {} : { expires: Number(expires) }),
    ...(uses === null ? {} : { uses: Number(uses) }),
    ...(waiting === null ? {} : { waiting: Number(waiting) }),
  }
}

function noteOf({
  n,
  time,
  by,
  username,
  action,
  about,
  about_name,
  detail,
  fields,
}: SqlRow): StoredAuditEntry {
  return {
    n: Number(n),
    time: Number(time),
    by: String(by),
    username: String(username),
    action: String(action),
    ...(about === null ? {} : { about: String(about) }),
    ...(about_name === null ? {} : { aboutName: String(about_name) }),
    ...(detail === null ? {} : { detail: String(detail) }),
    // Only this file writes the JSON, so it trusts the shape.
    ...(fields === null ? {} : (JSON.parse(String(fields)) as AuditFields)),
  }
}
