import { DAY_METERS, type DayAmounts, type DayUse, shareOfDay } from '../billing/day-use.ts'
import { PRICES } from '../billing/prices.ts'
import { migrate } from './migrations.ts'
import type { Sql, SqlRow } from './sql.ts'

/** A room, as the index of rooms lists it. */
export interface RoomEntry {
  room: string
  /** When the room was created, as far as known, and when it was last active: in ms, to the hour. */
  madeAt: number
  activeAt: number
  /** All messages ever stored, trimmed ones included. */
  messages: number
  storedBytes: number
  /** People who have joined, present or not. */
  people: number
  access: string
  /** What it has used in this UTC day. Rooms of an earlier version do not tell it. */
  used?: DayUse
}

/** What all rooms have told of a day, and those that used the most of it. */
export interface DayReport {
  used: DayAmounts
  rooms: (DayAmounts & { room: string })[]
}

/** How often a message was reported in a room that nobody owns, and when last, in ms. */
export interface ReportsEntry {
  room: string
  messages: number
  reportedAt: number
}

interface BanTime {
  madeAt: number
  /** In ms; absent if the ban never ends. */
  until?: number
}

export interface NetworkBan extends BanTime {
  network: string
}

/** A person whom a room knows, found in all rooms by the hash of their session token. */
export interface PersonBan extends BanTime {
  session: string
  room: string
  by: string
}

export type Ban = NetworkBan | PersonBan

/** Sorts rooms, the largest or most recent first. `after` is where the page before ended. */
export interface RoomsQuery {
  by: 'size' | 'activity'
  limit: number
  after?: RoomsCursor
}

/** The last room of a page. */
export interface RoomsCursor {
  value: number
  room: string
}

export interface RoomsPage {
  rooms: RoomEntry[]
  after?: RoomsCursor
}

/** Every isolate of the Worker holds all bans in memory. */
const MAX_BANS = 10_000
const ROOMS_WITH_REPORTS = 100
/** The operator is warned when this share of a day is used. */
const WARNING_SHARE = 0.8
const ROOMS_OF_A_DAY = 20
const NOTHING: DayAmounts = { requests: 0, duration: 0, rowsRead: 0, rowsWritten: 0 }
const COLUMNS = { size: 'stored_bytes', activity: 'active_at' } as const

/**
 * As in a room, released steps never change. There is no index, so that a report writes two rows: of the room, and of the day.
 */
const DIRECTORY_MIGRATIONS = [
  [
    `CREATE TABLE rooms (
      room TEXT PRIMARY KEY,
      made_at INTEGER NOT NULL,
      active_at INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      stored_bytes INTEGER NOT NULL,
      people INTEGER NOT NULL,
      access TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE bans (
      network TEXT PRIMARY KEY,
      made_at INTEGER NOT NULL,
      until INTEGER
    ) STRICT, WITHOUT ROWID`,
  ],
  [
    `CREATE TABLE banned_people (
      session TEXT PRIMARY KEY,
      room TEXT NOT NULL,
      by TEXT NOT NULL,
      made_at INTEGER NOT NULL,
      until INTEGER
    ) STRICT, WITHOUT ROWID`,
  ],
  [
    `CREATE TABLE reports (
      room TEXT PRIMARY KEY,
      messages INTEGER NOT NULL,
      reported_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
  [
    `CREATE TABLE day (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      day INTEGER NOT NULL,
      requests REAL NOT NULL,
      duration REAL NOT NULL,
      rowsRead REAL NOT NULL,
      rowsWritten REAL NOT NULL
    ) STRICT`,
    'ALTER TABLE rooms ADD COLUMN day INTEGER NOT NULL DEFAULT 0',
    ...DAY_METERS.map((meter) => `ALTER TABLE rooms ADD COLUMN ${meter} REAL NOT NULL DEFAULT 0`),
  ],
]

/** The operator's index of rooms, and the networks and people banned from all of them. */
export class SqlDirectory {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
    migrate(sql, DIRECTORY_MIGRATIONS)
  }

  /** Answers what all rooms have used of the day, where this report is the first that makes it most of it. */
  report({
    room,
    madeAt,
    activeAt,
    messages,
    storedBytes,
    people,
    access,
    used,
  }: RoomEntry): DayUse | undefined {
    const warning = used && this.#addToDay(room, used)
    const { day, ...amounts } = used ?? { day: 0, ...NOTHING }
    this.#sql.run(
      `INSERT INTO rooms VALUES (?, ?, ?, ?, ?, ?, ?, ?, ${DAY_METERS.map(() => '?')})
      ON CONFLICT (room) DO UPDATE SET made_at = min(made_at, excluded.made_at), active_at = excluded.active_at,
        messages = excluded.messages, stored_bytes = excluded.stored_bytes, people = excluded.people,
        access = excluded.access, day = excluded.day, ${DAY_METERS.map((meter) => `${meter} = excluded.${meter}`)}`,
      room,
      madeAt,
      activeAt,
      messages,
      storedBytes,
      people,
      access,
      day,
      ...DAY_METERS.map((meter) => amounts[meter]),
    )
    return warning
  }

  /** Adds what a room has used since it last told. */
  #addToDay(room: string, used: DayUse): DayUse | undefined {
    const { day } = used
    const [today] = this.#sql.run('SELECT * FROM day')
    // A room whose day is over has nothing to add to the next one.
    if (Number(today?.day ?? 0) > day) return undefined
    const [told] = this.#sql.run('SELECT * FROM rooms WHERE room = ? AND day = ?', room, day)
    const before = today?.day === day ? amountsOf(today) : NOTHING
    const [last, now] = [told ? amountsOf(told) : NOTHING, { ...before }]
    // A room that was erased and begun again counts from 0.
    for (const meter of DAY_METERS) now[meter] += Math.max(0, used[meter] - last[meter])
    this.#sql.run(
      `INSERT OR REPLACE INTO day VALUES (1, ?, ${DAY_METERS.map(() => '?')})`,
      day,
      ...DAY_METERS.map((meter) => now[meter]),
    )
    const isFirst = shareOfDay(before) < WARNING_SHARE && shareOfDay(now) >= WARNING_SHARE
    return isFirst ? { day, ...now } : undefined
  }

  day(day: number): DayReport {
    const [today] = this.#sql.run('SELECT * FROM day WHERE day = ?', day)
    const shares = DAY_METERS.map((meter) => `${meter} / ${PRICES.meters[meter].free}`)
    const rows = this.#sql.run(
      `SELECT * FROM rooms WHERE day = ? ORDER BY max(${shares}) DESC, room LIMIT ?`,
      day,
      ROOMS_OF_A_DAY,
    )
    return {
      used: today ? amountsOf(today) : NOTHING,
      rooms: rows.map((row) => ({ room: String(row.room), ...amountsOf(row) })),
    }
  }

  remove(room: string): void {
    this.#sql.run('DELETE FROM rooms WHERE room = ?', room)
    this.#sql.run('DELETE FROM reports WHERE room = ?', room)
  }

  reported({ room, messages, reportedAt }: ReportsEntry): void {
    this.#sql.run(
      `INSERT INTO reports VALUES (?, ?, ?)
      ON CONFLICT (room) DO UPDATE SET messages = messages + excluded.messages, reported_at = excluded.reported_at`,
      room,
      messages,
      reportedAt,
    )
  }

  /** The rooms with the newest reports. */
  reports(): ReportsEntry[] {
    return this.#sql
      .run('SELECT * FROM reports ORDER BY reported_at DESC, room LIMIT ?', ROOMS_WITH_REPORTS)
      .map((row) => ({
        room: String(row.room),
        messages: Number(row.messages),
        reportedAt: Number(row.reported_at),
      }))
  }

  rooms({ by, limit, after = { value: Number.MAX_SAFE_INTEGER, room: '' } }: RoomsQuery): RoomsPage {
    const column = COLUMNS[by]
    const rows = this.#sql.run(
      `SELECT * FROM rooms WHERE ${column} < ? OR (${column} = ? AND room > ?)
      ORDER BY ${column} DESC, room LIMIT ?`,
      after.value,
      after.value,
      after.room,
      limit + 1,
    )
    const rooms = rows.slice(0, limit).map(entryOf)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return { rooms, ...(last ? { after: { value: Number(last[column]), room: String(last.room) } } : {}) }
  }

  /** Bans a network, for good or until a time. False if there are too many bans. */
  ban({ network, madeAt, until }: NetworkBan): boolean {
    this.#sql.run('DELETE FROM bans WHERE until <= ?', madeAt)
    const [others] = this.#sql.run('SELECT COUNT(*) AS n FROM bans WHERE network <> ?', network)
    if (Number(others?.n) >= MAX_BANS) return false
    this.#sql.run('INSERT OR REPLACE INTO bans VALUES (?, ?, ?)', network, madeAt, until ?? null)
    return true
  }

  unban(network: string): void {
    this.#sql.run('DELETE FROM bans WHERE network = ?', network)
  }

  /** Bans a person likewise. */
  banPerson({ session, room, by, madeAt, until }: PersonBan): boolean {
    this.#sql.run('DELETE FROM banned_people WHERE until <= ?', madeAt)
    const [others] = this.#sql.run('SELECT COUNT(*) AS n FROM banned_people WHERE session <> ?', session)
    if (Number(others?.n) >= MAX_BANS) return false
    const values = [session, room, by, madeAt, until ?? null]
    this.#sql.run('INSERT OR REPLACE INTO banned_people VALUES (?, ?, ?, ?, ?)', ...values)
    return true
  }

  /** Lifts the ban of a person who was banned by their id in this room, which may be gone. */
  unbanPerson(room: string, by: string): void {
    this.#sql.run('DELETE FROM banned_people WHERE room = ? AND by = ?', room, by)
  }

  bans(now: number): Ban[] {
    const last = (table: string, key: string) =>
      this.#sql.run(
        `SELECT * FROM ${table} WHERE until IS NULL OR until > ? ORDER BY made_at DESC, ${key}`,
        now,
      )
    return [...last('bans', 'network').map(banOf), ...last('banned_people', 'session').map(personBanOf)]
  }
}

function amountsOf({ requests, duration, rowsRead, rowsWritten }: SqlRow): DayAmounts {
  return {
    requests: Number(requests),
    duration: Number(duration),
    rowsRead: Number(rowsRead),
    rowsWritten: Number(rowsWritten),
  }
}

function entryOf(row: SqlRow): RoomEntry {
  return {
    room: String(row.room),
    madeAt: Number(row.made_at),
    activeAt: Number(row.active_at),
    messages: Number(row.messages),
    storedBytes: Number(row.stored_bytes),
    people: Number(row.people),
    access: String(row.access),
  }
}

function banOf(row: SqlRow): NetworkBan {
  return { network: String(row.network), ...timeOf(row) }
}

function personBanOf(row: SqlRow): PersonBan {
  return { session: String(row.session), room: String(row.room), by: String(row.by), ...timeOf(row) }
}

function timeOf({ made_at, until }: SqlRow): BanTime {
  return { madeAt: Number(made_at), ...(until === null ? {} : { until: Number(until) }) }
}
