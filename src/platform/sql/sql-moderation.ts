import { LIMITS } from '../../protocol/limits.ts'
import type { Role } from '../../protocol/roles.ts'
import type {
  AuditEntry,
  InviteLink,
  ModerationStore,
  StoredAuditEntry,
} from '../../room/model/moderation-store.ts'
import type { Sql, SqlRow } from './sql.ts'

/** A room's moderation data in SQLite. Until the room begins, everything reads as empty. */
export class SqlModeration implements ModerationStore {
  readonly #sql: Sql
  readonly #begun: () => boolean

  constructor(sql: Sql, begun: () => boolean) {
    this.#sql = sql
    this.#begun = begun
  }

  admitted(by: string): Role | undefined {
    const [row] = this.#read('SELECT role FROM admissions WHERE by = ?', by)
    return row && (String(row.role) as Role)
  }

  admit(by: string, role: Role): void {
    this.#sql.run('INSERT OR REPLACE INTO admissions (by, role) VALUES (?, ?)', by, role)
  }

  admitForNow(by: string, role: Role): void {
    const [row] = this.#sql.run(
      `INSERT OR REPLACE INTO admissions (by, role, turn)
      VALUES (?, ?, (SELECT IFNULL(MAX(turn), 0) + 1 FROM admissions WHERE turn IS NOT NULL))
      RETURNING turn`,
      by,
      role,
    )
    this.#sql.run('DELETE FROM admissions WHERE turn <= ?', Number(row?.turn) - LIMITS.waiting)
  }

  unadmit(by: string): void {
    this.#sql.run('DELETE FROM admissions WHERE by = ?', by)
  }

  links(): InviteLink[] {
    return this.#read('SELECT * FROM links ORDER BY made_at').map(linkOf)
  }

  link(hash: string): InviteLink | undefined {
    const [row] = this.#read('SELECT * FROM links WHERE hash = ?', hash)
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

  removeLink(hash: string): void {
    this.#sql.run('DELETE FROM links WHERE hash = ?', hash)
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

  note({ time, by, username, action, about, aboutName, detail }: AuditEntry): void {
    this.#sql.run(
      'INSERT INTO audit (time, by, username, action, about, about_name, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
      time,
      by,
      username,
      action,
      about ?? null,
      aboutName ?? null,
      detail ?? null,
    )
    // Anyone can report, so reports must not push out other entries.
    const [kind, limit] =
      action === 'report'
        ? ["action = 'report'", LIMITS.auditReports]
        : ["action <> 'report'", LIMITS.auditNotes]
    this.#sql.run(
      `DELETE FROM audit WHERE ${kind} AND n <= (SELECT n FROM audit WHERE ${kind} ORDER BY n DESC LIMIT 1 OFFSET ?)`,
      limit,
    )
  }

  removeName(by: string, username: string): void {
    this.#sql.run("UPDATE audit SET username = '' WHERE by = ?", by)
    // The first word of a report is the number of the message. It stays.
    this.#sql.run(
      "UPDATE audit SET detail = substr(detail, 1, instr(detail || ' ', ' ') - 1) WHERE by = ? AND action = 'report'",
      by,
    )
    this.#sql.run("UPDATE audit SET about_name = '' WHERE about = ?", by)
    this.#sql.run("UPDATE invitations SET inviter = '' WHERE inviter = ?", username)
  }

  notes(before: number, limit: number): StoredAuditEntry[] {
    return this.#read('SELECT * FROM audit WHERE n < ? ORDER BY n DESC LIMIT ?', before, limit).map(noteOf)
  }

  #read(query: string, ...values: (string | number)[]): SqlRow[] {
    return this.#begun() ? this.#sql.run(query, ...values) : []
  }
}

function linkOf({ hash, role, made_by, made_at, expires, uses }: SqlRow): InviteLink {
  return {
    hash: String(hash),
    role: String(role) as InviteLink['role'],
    madeBy: String(made_by),
    madeAt: Number(made_at),
    ...(expires === null ? {} : { expires: Number(expires) }),
    ...(uses === null ? {} : { uses: Number(uses) }),
  }
}

function noteOf({ n, time, by, username, action, about, about_name, detail }: SqlRow): StoredAuditEntry {
  return {
    n: Number(n),
    time: Number(time),
    by: String(by),
    username: String(username),
    action: String(action),
    ...(about === null ? {} : { about: String(about) }),
    ...(about_name === null ? {} : { aboutName: String(about_name) }),
    ...(detail === null ? {} : { detail: String(detail) }),
  }
}
