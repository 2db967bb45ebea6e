import { type Quantities, quantitiesOf } from '../../src/platform/billing/bill.ts'
import { add, type Counts, nothing } from '../../src/platform/billing/usage.ts'

/** What can happen in rooms, in one or in many. */
export const HAPPENINGS = [
  'beginnings',
  'privateRooms',
  'newcomers',
  'returning',
  'visits',
  'messages',
  'edits',
  'reactions',
  'deletions',
  'topics',
  'typing',
  'olderPages',
  'syncs',
  'readings',
  'readPlaces',
  'wakes',
  'saves',
  'pageLoads',
] as const

export type Happening = (typeof HAPPENINGS)[number]

/** How often each of it happens on a day; what is not named does not. */
export type Day = Partial<Record<Happening, number>>

/**
 * What each thing comes to. A test plays a day and holds this to what the database and the room count: exactly for
 * requests and rows written. Active time is that of things which happen one by one; where many happen together they
 * share it.
 */
export const EACH: Readonly<Record<Happening, Partial<Counts>>> = {
  /** A room begins: its tables. */
  beginnings: { rowsWritten: 37, rowsRead: 75 },
  /** Two people get a room for themselves: its beginning, the pair, the invitation, and that both have come. */
  privateRooms: { frames: 1, errands: 2, rowsWritten: 42, rowsRead: 93 },
  /** Someone comes for the first time and asks what room it is; their visit stands for itself below. */
  newcomers: { calls: 1, rowsWritten: 2 },
  /** Someone known comes for the first time on a day. */
  returning: { rowsWritten: 1, rowsRead: 1 },
  /** A socket comes, joins and goes; for 4 s after someone's last one the room waits for them to come back. */
  visits: { calls: 1, frames: 1, rowsRead: 2, activeMs: 4_300 },
  messages: { frames: 1, rowsWritten: 1, rowsRead: 1, activeMs: 10 },
  edits: { frames: 1, rowsWritten: 2, rowsRead: 3, activeMs: 10 },
  reactions: { frames: 1, rowsWritten: 2, rowsRead: 3, activeMs: 10 },
  deletions: { frames: 1, rowsWritten: 2, rowsRead: 3, activeMs: 10 },
  topics: { frames: 1, rowsWritten: 2, rowsRead: 2, activeMs: 10 },
  /** A sign of typing waits a moment for company. */
  typing: { frames: 1, activeMs: 100 },
  olderPages: { frames: 1, rowsRead: 50, activeMs: 10 },
  /** A client says that it keeps up, every 512 KiB. */
  syncs: { frames: 1, activeMs: 10 },
  /** Someone tells how far they have read: as they look away, and every 5 minutes while more comes. */
  readings: { frames: 1, activeMs: 10 },
  /** They leave, and it is written down. */
  readPlaces: { rowsWritten: 1, rowsRead: 1 },
  /** A room that slept reads what it is, and the newest page for whoever comes. */
  wakes: { rowsRead: 40 },
  /** The counts are written down. */
  saves: { rowsWritten: 1, rowsRead: 1 },
  /** The page is loaded: two requests to the Worker, of which no room knows. */
  pageLoads: {},
}

/** Bytes that stay, where a message has 100 characters. */
const STAYS: Readonly<Day> = {
  beginnings: 65_600,
  privateRooms: 65_600,
  newcomers: 175,
  messages: 190,
  edits: 400,
  reactions: 215,
  deletions: 150,
  topics: 150,
}

const WORKER_REQUESTS_A_PAGE = 2

/** What a day comes to, as a room would count it. */
export function forecast(day: Day): Counts {
  const counts = nothing()
  for (const happening of HAPPENINGS) add(counts, { ...nothing(), ...EACH[happening] }, day[happening] ?? 0)
  return counts
}

/** How many bytes more are stored after such a day. */
export function stays(day: Day): number {
  return HAPPENINGS.reduce((sum, happening) => sum + (day[happening] ?? 0) * (STAYS[happening] ?? 0), 0)
}

/** So many such days, with so much stored. */
export function quantitiesOfDays(day: Day, days: number, storedBytes: number): Quantities {
  const counts = nothing()
  add(counts, forecast(day), days)
  const { workerRequests, ...rest } = quantitiesOf(counts, storedBytes)
  const ofPages = (day.pageLoads ?? 0) * WORKER_REQUESTS_A_PAGE * days
  return { ...rest, workerRequests: workerRequests + ofPages }
}
