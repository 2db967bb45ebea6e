import type { Counts, Period, Usage } from '../../platform/billing/usage.ts'
import type { RoomTotals } from '../../platform/sql/room-totals.ts'
import { ROLES, type Role } from '../../protocol/roles.ts'
import type { CatchUp, Connection, Flow } from '../../room/state/connection.ts'
import type { Unread } from '../../room/state/unread-output.ts'

/**
 * Grows when a field of an attachment comes to mean something else. A field more or less needs no other version: each is
 * checked, so a room reads what it understands. Before the first version there was none.
 */
const VERSION = 1

/** What a socket carries through the room's sleep: its connection, and on one socket the usage counts of the room. */
export interface OpenAttachment {
  connection: Connection
  carried?: Usage
}

/** What `readAttachment` makes of an attachment of another version that it does not understand. */
export const UNREADABLE = 'unreadable'

export function openAttachment(connection: Connection, carried: Usage | undefined): object {
  return { ...connection, v: VERSION, ...(carried === undefined ? {} : { carried }) }
}

/** The attachment of a socket that the room has closed. */
export function closedAttachment(unread: Unread): object {
  return { unread, v: VERSION }
}

/** Reads what any version of Hallway attached to a socket; undefined where nothing is attached any more. */
export function readAttachment(attachment: unknown): OpenAttachment | Unread | typeof UNREADABLE | undefined {
  if (attachment === null || attachment === undefined) return undefined
  const { v = VERSION, unread, carried, ...connection } = Object(attachment)
  if (v !== VERSION) return UNREADABLE
  if (isUnread(unread)) return unread
  if (!isConnection(connection)) return UNREADABLE
  return isUsage(carried) ? { connection, carried } : { connection }
}

type Check<T> = (value: unknown) => value is T
type Checks<T> = { readonly [K in keyof T]-?: Check<T[K]> }

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => Number.isFinite(value)
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
const isTrue = (value: unknown): value is true => value === true
const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value)
const isNumbers = (value: unknown): value is number[] => Array.isArray(value) && value.every(isNumber)

function maybe<T>(fits: Check<T>): Check<T | undefined> {
  return (value): value is T | undefined => value === undefined || fits(value)
}

/** The fields of a stored object, each with its check. Further fields are of a newer version and change nothing. */
function fields<T>(checks: Checks<T>): Check<T> {
  const all = Object.entries<Check<unknown>>(checks)
  return (value): value is T =>
    typeof value === 'object' && value !== null && all.every(([name, fits]) => fits(Reflect.get(value, name)))
}

const isFlow = fields<Flow>({
  unanswered: isNumber,
  sinceAsk: isNumber,
  asks: isNumbers,
  waitingSince: maybe(isNumber),
})
const isCatchUp = fields<CatchUp>({ seq: isNumber, sentAt: isNumber, acksFrom: maybe(isNumber) })
const isUnread = fields<Unread>({ by: isText, bytes: isNumber })
const isConnection = fields<Connection>({
  session: isText,
  by: isText,
  origin: isText,
  openedAt: maybe(isNumber),
  joined: isBoolean,
  watch: isBoolean,
  username: isText,
  joinedAs: isText,
  role: isRole,
  network: maybe(isText),
  payer: maybe(isText),
  credit: maybe(isNumber),
  mutedUntil: maybe(isNumber),
  read: maybe(isNumber),
  spoke: maybe(isTrue),
  unsaved: maybe(isTrue),
  strikes: isNumber,
  flow: isFlow,
  catchUp: maybe(isCatchUp),
})

/** Counts of another version may lack a counter: `addCounts` begins it. */
const isCounts = (value: unknown): value is Counts =>
  typeof value === 'object' && value !== null && Object.values(value).every(isNumber)
const isPeriod = fields<Period>({ from: isNumber, counts: isCounts })
const isUsage = fields<Usage>({
  since: isNumber,
  savedAt: isNumber,
  seq: isNumber,
  uncounted: isNumber,
  day: isPeriod,
  month: isPeriod,
  unsaved: isPeriod,
  census: maybe(
    fields<RoomTotals>({
      messages: isNumber,
      upTo: isNumber,
      people: maybe(isNumber),
      countedAt: maybe(isNumber),
    }),
  ),
})
