import type { RoomTotals } from '../sql/room-totals.ts'
import type { Sql, SqlRow } from '../sql/sql.ts'

const COUNTERS = [
  /** Durable changes stored, and those of them that are messages. */
  'changes',
  'messages',
  /** WebSocket messages that reached the room. The platform answers heartbeats itself. */
  'frames',
  /** Upgrades and calls through the Worker, and calls from other rooms. */
  'calls',
  'errands',
  'turns',
  /** Frames sent, each to one socket, and their bytes. */
  'sent',
  'bytes',
  'refusals',
  /** As the database's cursors count them. */
  'rowsRead',
  'rowsWritten',
  /** An estimate: clocks stand still while code runs. */
  'activeMs',
  'alarms',
] as const

export type Counts = Record<(typeof COUNTERS)[number], number>

/** Counts since `from`, in ms. */
export interface Period {
  from: number
  counts: Counts
}

/** A room's usage. Plain values, since a socket's attachment carries them while the room sleeps. */
export interface Usage {
  /** When counting began, and when the counts were last saved (0 before the first time), in ms. */
  since: number
  savedAt: number
  /** The newest counted change of the log, and the number of changes stored while counts were lost. */
  seq: number
  uncounted: number
  /** Since the UTC day and month began, or since counting did. */
  day: Period
  month: Period
  /** Counts since the last save. `from` is the time of the first (0 while there are none). */
  unsaved: Period
  /** What was counted for the index of rooms, if the operator keeps one. */
  census?: RoomTotals
}

export function emptyCounts(): Counts {
  return {
    changes: 0,
    messages: 0,
    frames: 0,
    calls: 0,
    errands: 0,
    turns: 0,
    sent: 0,
    bytes: 0,
    refusals: 0,
    rowsRead: 0,
    rowsWritten: 0,
    activeMs: 0,
    alarms: 0,
  }
}

/** The usage of a room whose log is at `seq`, before anything is counted. */
export function newUsage(now: number, seq: number): Usage {
  const period = (from: number) => ({ from, counts: emptyCounts() })
  return {
    since: now,
    savedAt: 0,
    seq,
    uncounted: seq,
    day: period(now),
    month: period(now),
    unsaved: period(0),
  }
}

/** Adds counts to the current day, the current month and the unsaved counts. */
export function addToUsage(usage: Usage, more: Counts, now: number): void {
  if (usage.day.from < startOf('day', now)) usage.day = { from: startOf('day', now), counts: emptyCounts() }
  if (usage.month.from < startOf('month', now))
    usage.month = { from: startOf('month', now), counts: emptyCounts() }
  if (usage.unsaved.from === 0) usage.unsaved.from = now
  for (const { counts } of [usage.day, usage.month, usage.unsaved]) addCounts(counts, more)
}

export function addCounts(counts: Counts, more: Counts, times = 1): void {
  // Counts saved by an earlier version may lack a counter.
  for (const counter of COUNTERS) counts[counter] = (counts[counter] ?? 0) + times * more[counter]
}

/** The counts in the order above. New ones come last, so that metrics keep their positions. */
export function countsInOrder(counts: Counts): number[] {
  return COUNTERS.map((counter) => counts[counter])
}

/** Continues from earlier counts. If the log has grown since, the counts of those changes are lost. */
export function resumeUsage(usage: Usage, seq: number): Usage {
  return { ...usage, seq, uncounted: usage.uncounted + Math.max(0, seq - usage.seq) }
}

/** Saves the usage as one row. Returns the counts since the last save. */
export function saveUsage(sql: Sql, usage: Usage, now: number): Counts {
  const { counts } = usage.unsaved
  const saved = { savedAt: now, unsaved: { from: 0, counts: emptyCounts() } }
  sql.run('INSERT OR REPLACE INTO usage (id, counts) VALUES (1, ?)', JSON.stringify({ ...usage, ...saved }))
  // After the write: if it fails, the next save includes these counts.
  Object.assign(usage, saved)
  return counts
}

export function loadUsage(sql: Sql): Usage | undefined {
  const [row]: SqlRow[] = sql.run('SELECT counts FROM usage')
  return row && (JSON.parse(String(row.counts)) as Usage)
}

/** The start of the UTC day or month, when the platform resets its counts. */
function startOf(period: 'day' | 'month', now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), period === 'day' ? date.getUTCDate() : 1)
}
