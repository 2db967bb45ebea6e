import type { Census } from '../sql/census.ts'
import type { Sql, SqlRow } from '../sql/sql.ts'

const COUNTERS = [
  /** Durable changes stored, and those of them that are messages. */
  'changes',
  'messages',
  /** WebSocket messages that reached the room; heartbeats are answered without it. */
  'frames',
  /** Upgrades and calls that came through the Worker, and calls from other rooms. */
  'calls',
  'errands',
  'turns',
  /** Frames sent, each to one socket, and their bytes. */
  'sent',
  'bytes',
  'refusals',
  /** As the database's own cursors count them. */
  'rowsRead',
  'rowsWritten',
  /** An estimate: clocks stand still while code runs. */
  'activeMs',
] as const

export type Counts = Record<(typeof COUNTERS)[number], number>

/** Counts since `from`, in ms. */
export interface Period {
  from: number
  counts: Counts
}

/** What a room has done. Plain values, since a socket carries them through the room's sleep. */
export interface Usage {
  /** When counting began, and when it was last written down (0 before the first time), in ms. */
  since: number
  savedAt: number
  /** The newest change of the log that was counted, and how many were stored while counts were lost. */
  seq: number
  uncounted: number
  /** Since the UTC day and month began, or since counting did. */
  day: Period
  month: Period
  /** Since it was last written down; from when the first of it was counted (0 while there is none). */
  unsaved: Period
  /** How far its messages were counted for the index of rooms, where the operator keeps one. */
  census?: Census
}

export function nothing(): Counts {
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
  }
}

/** Begins to count in a room whose log is at `seq`. */
export function beginUsage(now: number, seq: number): Usage {
  const period = (from: number) => ({ from, counts: nothing() })
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

/** Adds counts to everything they belong to. */
export function count(usage: Usage, more: Counts, now: number): void {
  if (usage.day.from < startOf('day', now)) usage.day = { from: startOf('day', now), counts: nothing() }
  if (usage.month.from < startOf('month', now))
    usage.month = { from: startOf('month', now), counts: nothing() }
  if (usage.unsaved.from === 0) usage.unsaved.from = now
  for (const { counts } of [usage.day, usage.month, usage.unsaved]) add(counts, more)
}

export function add(counts: Counts, more: Counts, times = 1): void {
  // What was written down by an earlier version may lack a counter.
  for (const counter of COUNTERS) counts[counter] = (counts[counter] ?? 0) + times * more[counter]
}

/** The counts by their place, in the order above; new ones come at the end. */
export function figuresOf(counts: Counts): number[] {
  return COUNTERS.map((counter) => counts[counter])
}

/** Takes up counting where it was left. What is lost in between is seen by the log having grown meanwhile. */
export function resumeUsage(usage: Usage, seq: number): Usage {
  return { ...usage, seq, uncounted: usage.uncounted + Math.max(0, seq - usage.seq) }
}

/** Writes it down: one row. Answers what had not been before. */
export function saveUsage(sql: Sql, usage: Usage, now: number): Counts {
  const { counts } = usage.unsaved
  const saved = { savedAt: now, unsaved: { from: 0, counts: nothing() } }
  sql.run('INSERT OR REPLACE INTO usage (id, counts) VALUES (1, ?)', JSON.stringify({ ...usage, ...saved }))
  // Only now: a write that failed is tried again.
  Object.assign(usage, saved)
  return counts
}

export function loadUsage(sql: Sql): Usage | undefined {
  const [row]: SqlRow[] = sql.run('SELECT counts FROM usage')
  return row && (JSON.parse(String(row.counts)) as Usage)
}

/** The beginning of the UTC day or month, when the platform begins to count anew. */
function startOf(period: 'day' | 'month', now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), period === 'day' ? date.getUTCDate() : 1)
}
