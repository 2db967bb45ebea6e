import type { LogEntry, Message } from '../protocol/server-frames.ts'
import type { Facts, Person } from '../room/facts.ts'
import type { Filed, Kept, PageQuery, Store, Waiting } from '../room/store.ts'
import { fingerprint } from '../room/text.ts'
import { migrate, schemaVersion } from './migrations.ts'
import {
  changeOf,
  dataColumn,
  extraColumn,
  factsOf,
  filedChange,
  filedMessage,
  keptOf,
  messageOf,
  personOf,
  redactedData,
} from './rows.ts'
import type { Row, Sql } from './sql.ts'

/** A room's storage in SQLite. Until the room begins there are no tables and everything reads as empty. */
export class SqlStore implements Store {
  readonly #sql: Sql
  readonly #room: string
  #begun: boolean

  constructor(sql: Sql, room: string) {
    this.#sql = sql
    this.#room = room
    this.#begun = schemaVersion(sql) > 0
    if (this.#begun) migrate(sql)
  }

  transaction<T>(work: () => T): T {
    return this.#sql.transaction(work)
  }

  /** The facts as they are: the saved row, and whatever the log has since. */
  facts(): Facts | undefined {
    const [row] = this.#read('SELECT * FROM room')
    if (row === undefined) return undefined
    const facts = factsOf(row)
    for (const table of ['messages', 'changes']) {
      const [last] = this.#read(`SELECT seq, time FROM ${table} ORDER BY seq DESC LIMIT 1`)
      if (last === undefined) continue
      facts.seq = Math.max(facts.seq, Number(last.seq))
      facts.time = Math.max(facts.time, Number(last.time))
    }
    return facts
  }

  begin(facts: Facts): void {
    migrate(this.#sql)
    this.#begun = true
    this.saveFacts(facts)
  }

  saveFacts({ epoch, seq, time, floor, topic, access }: Facts): void {
    this.#sql.run(
      'INSERT OR REPLACE INTO room (id, epoch, seq, time, floor, topic, access) VALUES (1, ?, ?, ?, ?, ?, ?)',
      epoch,
      seq,
      time,
      floor,
      topic,
      JSON.stringify(access),
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

  message(seq: number): Kept | undefined {
    const [row] = this.#read('SELECT * FROM messages WHERE seq = ?', seq)
    return row && keptOf(row, this.#room)
  }

  keep(kept: Kept): void {
    const { seq, body } = kept.message
    this.#sql.run('UPDATE messages SET body = ?, extra = ? WHERE seq = ?', body, extraColumn(kept), seq)
  }

  redact(edits: readonly number[]): void {
    for (const seq of edits) {
      const [row] = this.#read('SELECT data FROM changes WHERE seq = ?', seq)
      if (row) this.#sql.run('UPDATE changes SET data = ? WHERE seq = ?', redactedData(row, fingerprint), seq)
    }
  }

  find({ by, id, after, upTo }: { by: string; id: string; after: number; upTo: number }): Filed | undefined {
    const where = 'WHERE seq > ? AND seq <= ? AND by = ? AND id = ? LIMIT 1'
    const [message] = this.#read(`SELECT * FROM messages ${where}`, after, upTo, by, id)
    if (message) return filedMessage(message, this.#room)
    const [change] = this.#read(`SELECT * FROM changes ${where}`, after, upTo, by, id)
    return change && filedChange(change, this.#room)
  }

  ids(after: number): { by: string; id: string; seq: number }[] {
    const select = (table: string) => `SELECT seq, by, id FROM ${table} WHERE seq > ?`
    const rows = this.#read(`${select('messages')} UNION ALL ${select('changes')} ORDER BY seq`, after, after)
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

  person(by: string): Person | undefined {
    const [row] = this.#read('SELECT * FROM people WHERE by = ?', by)
    return row && personOf(row)
  }

  named(nameKey: string): Person[] {
    return this.#read('SELECT * FROM people WHERE name_key = ?', nameKey).map(personOf)
  }

  savePerson({ by, session, username, nameKey, role, seen }: Person): void {
    // Under the name they had, the index of names is left alone: one row instead of two.
    const kept = this.#sql.run(
      'UPDATE people SET username = ?, role = ?, seen = ? WHERE by = ? AND name_key = ? RETURNING by',
      username,
      role,
      seen,
      by,
      nameKey,
    )
    if (kept.length > 0) return
    this.#sql.run(
      `INSERT INTO people (by, session, username, name_key, role, seen) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (by) DO UPDATE SET username = excluded.username, name_key = excluded.name_key,
        role = excluded.role, seen = excluded.seen`,
      by,
      session,
      username,
      nameKey,
      role,
      seen,
    )
  }

  pair(one: string, other: string): string | undefined {
    const [row] = this.#read('SELECT room FROM pairs WHERE one = ? AND other = ?', ...inOrder(one, other))
    return row && String(row.room)
  }

  savePair(one: string, other: string, room: string): void {
    this.#sql.run('INSERT INTO pairs (one, other, room) VALUES (?, ?, ?)', ...inOrder(one, other), room)
  }

  invite(invited: string, { room, inviter }: Waiting): void {
    this.#sql.run(
      'INSERT OR REPLACE INTO invitations (invited, room, inviter) VALUES (?, ?, ?)',
      invited,
      room,
      inviter,
    )
  }

  waiting(invited: string): Waiting[] {
    const rows = this.#read('SELECT room, inviter FROM invitations WHERE invited = ?', invited)
    return rows.map(({ room, inviter }) => ({ room: String(room), inviter: String(inviter) }))
  }

  uninvite(invited: string, room: string): void {
    if (this.#begun) this.#sql.run('DELETE FROM invitations WHERE invited = ? AND room = ?', invited, room)
  }

  #older(before: number, limit: number): Message[] {
    const rows = this.#read('SELECT * FROM messages WHERE seq < ? ORDER BY seq DESC LIMIT ?', before, limit)
    return rows.reverse().map((row) => messageOf(row, this.#room))
  }

  #newer(after: number, limit: number): Message[] {
    const rows = this.#read('SELECT * FROM messages WHERE seq > ? ORDER BY seq LIMIT ?', after, limit)
    return rows.map((row) => messageOf(row, this.#room))
  }

  #read(query: string, ...values: (string | number)[]): Row[] {
    return this.#begun ? this.#sql.run(query, ...values) : []
  }
}

function inOrder(one: string, other: string): [string, string] {
  return one < other ? [one, other] : [other, one]
}
