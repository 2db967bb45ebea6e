import { type Quantities, quantitiesOf } from '../../src/platform/billing/bill.ts'
import { addCounts, type Counts, emptyCounts } from '../../src/platform/billing/usage.ts'

/** Everything people and rooms do that costs something. */
export const ACTIVITIES = [
  'newRooms',
  'privateRooms',
  'newPeople',
  'returningPeople',
  'connections',
  'messages',
  'edits',
  'reactions',
  'deletions',
  'topics',
  'typing',
  'watchedBatches',
  'olderPages',
  'syncs',
  'readMarkers',
  'savedReadMarkers',
  'wakes',
  'saves',
  'pageLoads',
] as const

export type Activity = (typeof ACTIVITIES)[number]

/** How often each activity happens in a day. */
export type Day = Partial<Record<Activity, number>>

/**
 * What each activity adds to the counts, once. A test plays a day and compares this with the counts of the room and its
 * database: requests and rows written match exactly. Active time assumes one activity at a time; simultaneous ones share it.
 */
export const COUNTS_OF: Readonly<Record<Activity, Partial<Counts>>> = {
  /** The tables of a new room. */
  newRooms: { rowsWritten: 52, rowsRead: 290 },
  /** A room for two: its tables, the pair, the invitation, and the joins of both. */
  privateRooms: { frames: 1, errands: 2, rowsWritten: 58, rowsRead: 311 },
  /** A person asks for the room's record and joins for the first time. The connection is counted below. */
  newPeople: { calls: 1, rowsWritten: 2 },
  /** A member joins for the first time in a day. */
  returningPeople: { rowsWritten: 1, rowsRead: 1 },
  /** A socket opens, joins and closes. The room stays awake for 2 s in case the person comes back. */
  connections: { calls: 1, frames: 1, rowsRead: 2, activeMs: 2_300 },
  messages: { frames: 1, rowsWritten: 1, rowsRead: 1, activeMs: 10 },
  edits: { frames: 1, rowsWritten: 2, rowsRead: 3, activeMs: 10 },
  reactions: { frames: 1, rowsWritten: 2, rowsRead: 3, activeMs: 10 },
  deletions: { frames: 1, rowsWritten: 2, rowsRead: 3, activeMs: 10 },
  topics: { frames: 1, rowsWritten: 2, rowsRead: 2, activeMs: 10 },
  /** Typing notices wait a moment, so that several go out together. */
  typing: { frames: 1, activeMs: 100 },
  /** Changes within a second of the last ones wait for each other, where somebody watches the room. The first goes out at once. */
  watchedBatches: { activeMs: 1_000 },
  olderPages: { frames: 1, rowsRead: 50, activeMs: 10 },
  /** Flow control: a client answers every 512 KiB, and more often in a room with many sockets. */
  syncs: { frames: 1, activeMs: 10 },
  /** A client reports how far its person has read: when they look away, and every 5 minutes while messages come. */
  readMarkers: { frames: 1, activeMs: 10 },
  /** The room stores the read marker when its person leaves. */
  savedReadMarkers: { rowsWritten: 1, rowsRead: 1 },
  /** A room wakes: it reads its record, and the newest page for the person who joins. */
  wakes: { rowsRead: 40 },
  /** The room saves its usage. */
  saves: { rowsWritten: 1, rowsRead: 1 },
  /** Two requests to the Worker, which no room counts. */
  pageLoads: {},
}

/** Bytes stored for each, with messages of 100 characters. */
const STORED_BYTES_OF: Readonly<Day> = {
  newRooms: 65_600,
  privateRooms: 65_600,
  newPeople: 175,
  messages: 190,
  edits: 400,
  reactions: 215,
  deletions: 150,
  topics: 150,
}

const WORKER_REQUESTS_A_PAGE = 2

/** The counts that the rooms of a day add up to. */
export function forecast(day: Day): Counts {
  const counts = emptyCounts()
  for (const activity of ACTIVITIES)
    addCounts(counts, { ...emptyCounts(), ...COUNTS_OF[activity] }, day[activity] ?? 0)
  return counts
}

/** How many bytes a day adds to what is stored. */
export function storedBytesOf(day: Day): number {
  return ACTIVITIES.reduce(
    (sum, activity) => sum + (day[activity] ?? 0) * (STORED_BYTES_OF[activity] ?? 0),
    0,
  )
}

/** What is billed for a number of such days, at a given size of storage. */
export function quantitiesOfDays(day: Day, days: number, storedBytes: number): Quantities {
  const counts = emptyCounts()
  addCounts(counts, forecast(day), days)
  const { workerRequests, ...rest } = quantitiesOf(counts, storedBytes)
  const ofPages = (day.pageLoads ?? 0) * WORKER_REQUESTS_A_PAGE * days
  return { ...rest, workerRequests: workerRequests + ofPages }
}
