import { LIMITS } from '../../protocol/limits.ts'
import type { LogEntry, Message } from '../../protocol/server-frames.ts'
import { nameKeysOf } from '../../room/model/confusable-names.ts'
import { isSpeech } from '../../room/model/decide.ts'
import type { ModerationStore } from '../../room/model/moderation-store.ts'
import type { PersonRecord, RoomRecord } from '../../room/model/room-record.ts'
import {
  type PageQuery,
  type PendingInvitation,
  SPOKE_AMONG,
  type Store,
  type StoredChange,
  type StoredMessage,
  type Stretch,
} from '../../room/model/store.ts'
import { fingerprint } from '../../room/model/text.ts'
import { migrate, schemaVersion } from './migrations.ts'
import {
  changeOf,
  changeRef,
  dataColumn,
  extraColumn,
  messageOf,
  personOf,
  recordOf,
  redactedData,
  storedFromChange,
  storedFromMessage,
  storedMessageOf,
} from './row-mapping.ts'
import type { PendingRecord, Sql, SqlRow } from './sql.ts'
import { SqlModeration } from './sql-moderation.ts'

/**
 * A room's storage in SQLite. Until the room begins, there are no tables and everything reads as empty. A private room
 * gets its tables when the first of the two joins: many never do, and the tables are dozens of rows. Until then its record
 * is one row.
 */
export class SqlStore implements Store {
  readonly #sql: Sql
  readonly #room: string
  readonly #pending: PendingRecord | undefined
  readonly moderation: ModerationStore
  #begun: boolean
  #people: number | undefined
  /** People who were read lately. An upgrade and the join that follows look for the same person several times. */
  readonly #known = new Map<string, PersonRecord>()

  constructor(sql: Sql, room: string, pending?: PendingRecord) {
    this.#sql = sql
    this.#pending = pending
    this.#room = room
    this.moderation = new SqlModeration(sql, () => this.#begun)
    this.#begun = schemaVersion(sql) > 0
    if (this.#begun) migrate(sql)
  }

  get hasTables(): boolean {
    return this.#begun
  }

  transaction<T>(work: () => T): T {
    try {
      return this.#sql.transaction(work)
    } catch (fault) {
      // What was kept in memory may have been rolled back.
      this.#begun = schemaVersion(this.#sql) > 0
      this.#people = undefined
      this.#known.clear()
      throw fault
    }
  }

  /** The saved row, brought up to date by the end of the log. */
  record(): RoomRecord | undefined {
    if (!this.#begun) {
      const text = this.#pending?.read()
      return text === undefined ? undefined : (JSON.parse(text) as RoomRecord)
    }
    const [row] = this.#read('SELECT * FROM room')
    if (row === undefined) return undefined
    const record = recordOf(row)
    for (const table of ['messages', 'changes']) {
      const [last] = this.#read(`SELECT seq, time FROM ${table} ORDER BY seq DESC LIMIT 1`)
      if (last === undefined) continue
      record.seq = Math.max(record.seq, Number(last.seq))
      record.time = Math.max(record.time, Number(last.time))
    }
    return record
  }

  begin(record: RoomRecord): void {
    if (this.#pending && record.access.kind === 'private') this.#pending.write(JSON.stringify(record))
    else this.#makeTables(record)
  }

  #makeTables(record: RoomRecord): void {
    migrate(this.#sql)
    this.#begun = true
    this.saveRecord(record)
  }

  /** Makes the tables of a private room that someone joins. */
  #beginPending(): void {
    const record = this.record()
    if (record === undefined) throw new Error('A room begins before somebody joins it')
    this.#makeTables(record)
    this.#pending?.clear()
  }

  saveRecord(record: RoomRecord): void {
    if (!this.#begun) return this.#pending?.write(JSON.stringify(record))
    const { epoch, seq, time, floor, topic, access, settings } = record
    this.#sql.run(
      `INSERT OR REPLACE INTO room (id, epoch, seq, time, floor, topic, access, settings)
      VALUES (1, ?, ?, ?, ?, ?, ?, ?)`,
      epoch,
      seq,
      time,
      floor,
      topic,
      JSON.stringify(access),
      JSON.stringify(settings),
    )
  }

  append(entry: LogEntry): void {
    const { seq, time, by, username, id } = entry.data
    if (entry.event === 'updateChat') {
      const { body } = entry.data
      const extra = extraColumn({ message: entry.data })
      this.#sql.run(
        'INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?)',
        seq,
        time,
        by,
        username,
        id,
        body,
        extra,
      )
    } else {
      const data = dataColumn(entry)
      this.#sql.run(
        'INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?)',
        seq,
        time,
        by,
        username,
        id,
        entry.event,
        data,
      )
    }
  }

  message(seq: number): StoredMessage | undefined {
    const [row] = this.#read('SELECT * FROM messages WHERE seq = ?', seq)
    return row && storedMessageOf(row, this.#room)
  }

  saveMessage(stored: StoredMessage): void {
    const { seq, body } = stored.message
    this.#sql.run('UPDATE messages SET body = ?, extra = ? WHERE seq = ?', body, extraColumn(stored), seq)
  }

  redact(changes: readonly number[]): void {
    for (const seq of changes) {
      const [row] = this.#read('SELECT data FROM changes WHERE seq = ?', seq)
      if (row) this.#sql.run('UPDATE changes SET data = ? WHERE seq = ?', redactedData(row, fingerprint), seq)
    }
  }

  find({
    by,
    id,
    after,
    upTo,
  }: {
    by: string
    id: string
    after: number
    upTo: number
  }): StoredChange | undefined {
    const where = 'WHERE seq > ? AND seq <= ? AND by = ? AND id = ? LIMIT 1'
    const [message] = this.#read(`SELECT * FROM messages ${where}`, after, upTo, by, id)
    if (message) return storedFromMessage(message, this.#room)
    const [change] = this.#read(`SELECT * FROM changes ${where}`, after, upTo, by, id)
    return change && storedFromChange(change, this.#room)
  }

  ids({ after, upTo }: Stretch): { by: string; id: string; seq: number }[] {
    const select = (table: string) => `SELECT seq, by, id FROM ${table} WHERE seq > ? AND seq <= ?`
    const query = `${select('messages')} UNION ALL ${select('changes')} ORDER BY seq`
    const rows = this.#read(query, after, upTo, after, upTo)
    return rows.map((row) => ({ by: String(row.by), id: String(row.id), seq: Number(row.seq) }))
  }

  replay(after: number, limit: number): LogEntry[] {
    const upTo = after + limit
    const where = 'WHERE seq > ? AND seq <= ?'
    const messages = this.#read(`SELECT * FROM messages ${where}`, after, upTo)
    const changes = this.#read(`SELECT * FROM changes ${where}`, after, upTo)
    const entries: LogEntry[] = [
      ...messages.map((row) => ({ event: 'updateChat', data: messageOf(row, this.#room) }) as const),
      ...changes.map((row) => changeOf(row, this.#room)),
    ]
    return entries.sort((a, b) => a.data.seq - b.data.seq)
  }

  page({ before, after, around, limit }: PageQuery): Message[] {
    if (around !== undefined) {
      const older = this.#older(around + 1, Math.ceil(limit / 2))
      return [...older, ...this.#newer(around, limit - older.length)]
    }
    return after === undefined
      ? this.#older(before ?? Number.MAX_SAFE_INTEGER, limit)
      : this.#newer(after, limit)
  }

  person(by: string): PersonRecord | undefined {
    const known = this.#known.get(by)
    if (known) return known
    const [row] = this.#read('SELECT * FROM people WHERE by = ?', by)
    if (row === undefined) return undefined
    const person = personOf(row)
    if (this.#known.size >= MOST_KNOWN) this.#known.clear()
    this.#known.set(by, person)
    return person
  }

  named(username: string): PersonRecord[] {
    const { nameKey, shownKey = nameKey } = nameKeysOf(username)
    const query = 'SELECT * FROM people WHERE name_key IN (?, ?) OR shown_key = ? LIMIT ?'
    return this.#read(query, nameKey, shownKey, shownKey, LIMITS.alikeNames).map(personOf)
  }

  savePerson(person: PersonRecord): void {
    const { by, session, username, role, seen, since = 0, joinedAfter = 0, silent = false } = person
    const { nameKey, shownKey = null } = nameKeysOf(username)
    if (!this.#begun) this.#beginPending()
    this.#known.delete(by)
    // An unchanged name leaves the indexes of names alone: one row written instead of two or three.
    const updated = this.#sql.run(
      `UPDATE people SET username = ?, role = ?, seen = ? WHERE by = ? AND name_key = ? AND shown_key IS ?
      RETURNING by`,
      username,
      role,
      seen,
      by,
      nameKey,
      shownKey,
    )
    if (updated.length > 0) return
    // A person who takes another name is counted once more: it is only for a price.
    if (this.#people !== undefined) this.#people += 1
    this.#sql.run(
      `INSERT INTO people (by, session, username, name_key, shown_key, role, seen, since, joined_after, silent)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (by) DO UPDATE SET username = excluded.username, name_key = excluded.name_key,
        shown_key = excluded.shown_key, role = excluded.role, seen = excluded.seen`,
      by,
      session,
      username,
      nameKey,
      shownKey,
      role,
      seen,
      since,
      joinedAfter,
      silent ? 1 : 0,
    )
  }

  saveStanding({ by, role, mutedUntil = 0, bannedUntil = 0 }: PersonRecord): void {
    this.#known.delete(by)
    this.#sql.run(
      'UPDATE people SET role = ?, muted_until = ?, banned_until = ? WHERE by = ?',
      role,
      mutedUntil,
      bannedUntil,
      by,
    )
  }

  refuseStrangers(by: string, refuses: boolean): void {
    this.#known.delete(by)
    this.#sql.run('UPDATE people SET refuses_strangers = ? WHERE by = ?', refuses ? 1 : 0, by)
  }

  countPeople(): number {
    this.#people ??= Number(this.#read('SELECT COUNT(*) AS n FROM people')[0]?.n ?? 0)
    return this.#people
  }

  people(limit: number): PersonRecord[] {
    return this.#read('SELECT * FROM people ORDER BY seen DESC LIMIT ?', limit).map(personOf)
  }

  removePerson(by: string): void {
    this.#known.delete(by)
    for (const [table, column] of PERSONAL_COLUMNS)
      this.#sql.run(`DELETE FROM ${table} WHERE ${column} = ?`, by)
  }

  messagesOf(by: string, { after, upTo }: Stretch, limit: number): number[] {
    const query =
      "SELECT seq FROM messages WHERE seq > ? AND seq <= ? AND by = ? AND body <> '' ORDER BY seq LIMIT ?"
    return this.#read(query, after, upTo, by, limit).map(({ seq }) => Number(seq))
  }

  looseTexts(by: string, { after, upTo }: Stretch): { seq: number; topic?: string }[] {
    const query = `SELECT seq, json_extract(data, '$.topic') AS topic FROM changes WHERE seq > ? AND seq <= ? AND by = ?
      AND (topic <> '' OR (event = 'editChat' AND json_extract(data, '$.body') <> ''
        AND NOT EXISTS (SELECT 1 FROM messages WHERE seq = json_extract(changes.data, '$.ref'))))`
    return this.#read(query, after, upTo, by).map(({ seq, topic }) => ({
      seq: Number(seq),
      ...(topic === null ? {} : { topic: String(topic) }),
    }))
  }

  removeName(by: string, { after, upTo }: Stretch): void {
    const edits = "SELECT seq, data FROM changes WHERE seq > ? AND seq <= ? AND by = ? AND event = 'editChat'"
    for (const row of this.#read(edits, after, upTo, by)) {
      const stored = this.message(changeRef(row))
      // The last edit names the editor.
      if (stored?.message.editor === undefined || stored.edits?.at(-1) !== Number(row.seq)) continue
      this.saveMessage({ ...stored, message: { ...stored.message, editor: '' } })
    }
    for (const table of LOG_TABLES) {
      this.#sql.run(
        `UPDATE ${table} SET username = '' WHERE seq > ? AND seq <= ? AND by = ? AND username <> ''`,
        after,
        upTo,
        by,
      )
    }
  }

  countChanges(by: string, { after, upTo }: Stretch): number {
    const count = (table: string) =>
      this.#read(`SELECT COUNT(*) AS n FROM ${table} WHERE seq > ? AND seq <= ? AND by = ?`, after, upTo, by)
    return LOG_TABLES.reduce((sum, table) => sum + Number(count(table)[0]?.n ?? 0), 0)
  }

  expired(time: number, limit: number): { upTo: number; rows: number } | undefined {
    const edits = "IFNULL(json_array_length(extra, '$.edits'), 0)"
    const oldest = [
      ...this.#read(`SELECT seq, time, ${edits} AS edits FROM messages ORDER BY seq LIMIT ?`, limit),
      ...this.#read('SELECT seq, time, 0 AS edits FROM changes ORDER BY seq LIMIT ?', limit),
    ].sort((a, b) => Number(a.seq) - Number(b.seq))
    let rows = 0
    let upTo: number | undefined
    for (const row of oldest) {
      // A higher number is never older.
      if (Number(row.time) >= time || rows >= limit) break
      rows += 1 + Number(row.edits)
      upTo = Number(row.seq)
    }
    return upTo === undefined ? undefined : { upTo, rows }
  }

  trim(time: number, limit: number): { upTo: number; erased: readonly number[] } | undefined {
    const { upTo } = this.expired(time, limit) ?? {}
    if (upTo === undefined) return undefined
    const edits = this.#read(
      `SELECT value AS seq FROM messages, json_each(extra, '$.edits')
      WHERE messages.seq <= ?1 AND extra IS NOT NULL AND value > ?1`,
      upTo,
    )
    const erased = edits.map(({ seq }) => Number(seq))
    this.redact(erased)
    for (const table of LOG_TABLES) this.#sql.run(`DELETE FROM ${table} WHERE seq <= ?`, upTo)
    return { upTo, erased }
  }

  oldest(): number | undefined {
    const times = LOG_TABLES.flatMap((table) => this.#read(`SELECT time FROM ${table} ORDER BY seq LIMIT 1`))
    return times.length > 0 ? Math.min(...times.map((row) => Number(row.time))) : undefined
  }

  lastSpoke(by: string, since: number): number | undefined {
    const newest = (table: string) => `SELECT * FROM (SELECT * FROM ${table} ORDER BY seq DESC LIMIT ?)
      WHERE by = ? AND time > ? ORDER BY seq DESC`
    const [message] = this.#read(`${newest('messages')} LIMIT 1`, SPOKE_AMONG.messages, by, since)
    const change = this.#read(newest('changes'), SPOKE_AMONG.changes, by, since)
      .map((row) => changeOf(row, this.#room))
      .find((entry) => isSpeech(entry))
    const times = [message ? [Number(message.time)] : [], change ? [change.data.time] : []].flat()
    return times.length > 0 ? Math.max(...times) : undefined
  }

  saveRead(by: string, seq: number, spoke = false): void {
    const silent = spoke ? 0 : 1
    this.#known.delete(by)
    this.#sql.run(
      `UPDATE people SET read = MAX(read, ?), silent = MIN(silent, ?)
      WHERE by = ? AND (read < ? OR silent > ?)`,
      seq,
      silent,
      by,
      seq,
      silent,
    )
  }

  pair(one: string, other: string): string | undefined {
    const [row] = this.#read(
      `SELECT room FROM pairs WHERE one = ?1 AND other = ?2
      UNION ALL SELECT room FROM invitations WHERE invited = ?1 AND inviter_id = ?2
      UNION ALL SELECT room FROM invitations WHERE invited = ?2 AND inviter_id = ?1 LIMIT 1`,
      ...inOrder(one, other),
    )
    return row && String(row.room)
  }

  savePair(one: string, other: string, room: string): void {
    this.#sql.run(
      'INSERT OR IGNORE INTO pairs (one, other, room, met) VALUES (?, ?, ?, 0)',
      ...inOrder(one, other),
      room,
    )
  }

  haveMet(one: string, other: string): boolean {
    const query = 'SELECT 1 FROM pairs WHERE one = ? AND other = ? AND met = 1'
    return this.#read(query, ...inOrder(one, other)).length > 0
  }

  saveMeeting(one: string, other: string, room: string): void {
    this.#sql.run(
      `INSERT INTO pairs (one, other, room, met) VALUES (?, ?, ?, 1)
      ON CONFLICT (one, other) DO UPDATE SET met = 1 WHERE met = 0`,
      ...inOrder(one, other),
      room,
    )
  }

  invite(invited: string, { room, inviter, inviterId, network }: PendingInvitation): void {
    this.#sql.run(
      'INSERT OR REPLACE INTO invitations (invited, room, inviter, inviter_id, network) VALUES (?, ?, ?, ?, ?)',
      invited,
      room,
      inviter,
      inviterId ?? null,
      network ?? null,
    )
  }

  waiting(invited: string): PendingInvitation[] {
    const rows = this.#read('SELECT * FROM invitations WHERE invited = ?', invited)
    return rows.map(({ room, inviter, inviter_id, network }) => ({
      room: String(room),
      inviter: String(inviter),
      ...(inviter_id === null ? {} : { inviterId: String(inviter_id) }),
      ...(network === null ? {} : { network: String(network) }),
    }))
  }

  uninvite(invited: string, room: string): void {
    const query = 'SELECT inviter_id FROM invitations WHERE invited = ? AND room = ?'
    const [row] = this.#read(query, invited, room)
    if (row === undefined) return
    if (row.inviter_id !== null) this.savePair(invited, String(row.inviter_id), room)
    this.#sql.run('DELETE FROM invitations WHERE invited = ? AND room = ?', invited, room)
  }

  #older(before: number, limit: number): Message[] {
    const rows = this.#read('SELECT * FROM messages WHERE seq < ? ORDER BY seq DESC LIMIT ?', before, limit)
    return rows.reverse().map((row) => messageOf(row, this.#room))
  }

  #newer(after: number, limit: number): Message[] {
    const rows = this.#read('SELECT * FROM messages WHERE seq > ? ORDER BY seq LIMIT ?', after, limit)
    return rows.map((row) => messageOf(row, this.#room))
  }

  #read(query: string, ...values: (string | number)[]): SqlRow[] {
    return this.#begun ? this.#sql.run(query, ...values) : []
  }
}

const MOST_KNOWN = 1_000

const LOG_TABLES = ['messages', 'changes'] as const

/** Where to delete a person's rows. */
const PERSONAL_COLUMNS = [
  ['people', 'by'],
  ['invitations', 'invited'],
  ['pairs', 'one'],
  ['pairs', 'other'],
  ['admissions', 'by'],
  ['blocks', 'by'],
  ['blocks', 'blocked'],
] as const

function inOrder(one: string, other: string): [string, string] {
  return one < other ? [one, other] : [other, one]
}
