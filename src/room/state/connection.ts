import { LIMITS } from '../../protocol/limits.ts'
import type { Role } from '../../protocol/roles.ts'
import type { UnreadOutput } from './unread-output.ts'

/**
 * One socket as the room knows it. All of it outlives the room's sleep as the attachment of its socket: code that changes
 * a field calls `outgoing.touch`.
 */
export interface Connection {
  /** Hash of the session token. */
  readonly session: string
  readonly by: string
  /** The origin of this person's page, for links that work for them. */
  readonly origin: string
  /** When it was opened, in ms. */
  readonly openedAt?: number
  joined: boolean
  watch: boolean
  username: string
  /** The name in `joined`; they may have changed it since. */
  joinedAs: string
  role: Role
  /** A hash of their address; absent where that is not known. */
  readonly network?: string
  /** Whose budget pays for what it does: a name that the Worker gives to its network. Absent where that is not known. */
  readonly payer?: string
  /** The units that its network may still use here, where this connection carries them. */
  credit?: number
  /** Until when they are muted, in ms. */
  mutedUntil?: number
  /** Their read marker from this connection, and whether they have spoken; stored when they leave. */
  read?: number
  spoke?: true
  /** The person joined while nothing could be written: they are saved with the first thing that they write. */
  unsaved?: true
  /** Bad frames in a row. */
  strikes: number
  flow: Flow
  /** Set while it is sent a long resume. Until that is complete it hears nothing that others hear. */
  catchUp?: CatchUp | undefined
}

/** Sets a connection back to what was saved of it. */
export function setBack(connection: Connection, saved: Connection): void {
  for (const field of Object.keys(connection))
    if (!Object.hasOwn(saved, field)) Reflect.deleteProperty(connection, field)
  Object.assign(connection, saved)
}

/** How far a resume has come that is sent in parts: the next one goes out once the one before is confirmed. */
export interface CatchUp {
  /** Every change up to this one was sent. */
  seq: number
  /** When the newest part was sent, in ms. */
  sentAt: number
  /** From this `seq` on, an ack follows each of its person's own changes. */
  acksFrom?: number
}

/** Flow control: bytes that were sent and perhaps not read yet. */
export interface Flow {
  unanswered: number
  /** Sent since the last `sync` was asked. */
  sinceAsk: number
  /** The bytes that each unanswered `sync` stands for, oldest first. */
  asks: number[]
  /** Since when its oldest unanswered `sync` is the next to be answered, in ms. */
  waitingSince?: number
}

export function newConnection(who: {
  session: string
  by: string
  origin: string
  network?: string
  payer?: string
  openedAt?: number
}): Connection {
  const flow = { unanswered: 0, sinceAsk: 0, asks: [] }
  return { ...who, joined: false, watch: false, username: '', joinedAs: '', role: 'reader', strikes: 0, flow }
}

/**
 * After how many bytes to ask each of a room's sockets for a `sync`: so few that what nobody was asked about stays below
 * half of what a room may leave unconfirmed, but among thousands not so often that their answers keep the room busy. Closed
 * sockets hold `unread` bytes of it.
 */
export function syncEvery(sockets: number, unread = 0): number {
  const share = Math.max(0, LIMITS.roomUnansweredBytes - unread) / 2 / sockets
  return Math.max(LIMITS.syncEveryBytesLeast, Math.min(LIMITS.syncEveryBytes, share))
}

/** Counts bytes to be sent, and answers whether to ask for a `sync`, or to close a reader that has stopped reading. */
export function countSent(
  to: Connection,
  bytes: number,
  now: number,
  every: number = LIMITS.syncEveryBytes,
): 'fine' | 'ask' | 'close' {
  const { flow } = to
  if (exceedsFlow(to, bytes)) return 'close'
  flow.unanswered += bytes
  flow.sinceAsk += bytes
  if (flow.sinceAsk < every) return 'fine'
  if (flow.asks.length === 0) flow.waitingSince = now
  flow.asks.push(flow.sinceAsk)
  flow.sinceAsk = 0
  return 'ask'
}

/** Whether this many more bytes would put a reader too far behind. */
export function exceedsFlow({ flow }: Connection, bytes: number): boolean {
  return flow.unanswered + bytes > LIMITS.syncUnansweredBytes
}

/** Counts an answer to the oldest `sync`. Answers false where none was asked. */
export function countRead({ flow }: Connection, now: number): boolean {
  const bytes = flow.asks.shift()
  if (bytes === undefined) return false
  flow.unanswered -= bytes
  flow.waitingSince = now
  return true
}

/** How many times a room's bound may be unconfirmed while everyone has only just been asked. */
const UNTIL_ANSWERED = 2

/**
 * The readers to close so that no person and not the room leaves too much unconfirmed: first those who have stopped
 * answering, and of them the furthest behind. Only what a reader was asked to confirm counts: of the rest nobody knows
 * whether it was read. A closed socket holds its output until its connection ends, so less is left for its person, and for
 * the room. Among those about as far behind, who has `unsent` frames goes first.
 */
export function furthestBehind(
  connections: ReadonlySet<Connection>,
  closed: Pick<UnreadOutput, 'of' | 'bytes'>,
  now: number,
  unsent: ReadonlySet<Connection> = new Set(),
): Connection[] {
  const behind = [...connections].filter((connection) => unconfirmed(connection) > 0)
  const ofPerson = new Map<string, number>()
  let ofRoom = 0
  const count = (by: string, bytes: number): void => {
    ofRoom += bytes
    ofPerson.set(by, (ofPerson.get(by) ?? 0) + bytes)
  }
  for (const connection of behind) count(connection.by, unconfirmed(connection))
  const most = leftForRoom(connections.size, closed.bytes)
  const hasStopped = ({ flow }: Connection): boolean => now - (flow.waitingSince ?? 0) >= LIMITS.syncAnswerMs
  const tooMuch = (of: Connection): boolean =>
    ofRoom > (hasStopped(of) ? most : most * UNTIL_ANSWERED) ||
    (ofPerson.get(of.by) ?? 0) > leftForPerson(closed.of(of.by))
  if (!behind.some(tooMuch)) return []
  const order = (one: Connection, other: Connection): number =>
    Number(hasStopped(other)) - Number(hasStopped(one)) ||
    steps(other, closed) - steps(one, closed) ||
    Number(unsent.has(other)) - Number(unsent.has(one))
  const slow: Connection[] = []
  for (const connection of behind.sort(order)) {
    if (!tooMuch(connection)) continue
    slow.push(connection)
    count(connection.by, -unconfirmed(connection))
  }
  return slow
}

/** What open sockets may leave unconfirmed. All of a room can always be asked at once. */
function leftForRoom(sockets: number, unread: number): number {
  const asked = 2 * sockets * LIMITS.syncEveryBytesLeast
  return Math.max(LIMITS.roomUnansweredBytes - unread, LIMITS.roomUnansweredLeast, asked)
}

function leftForPerson(unread: number): number {
  return Math.max(LIMITS.personUnansweredBytes - unread, LIMITS.personUnansweredLeast)
}

/** How far behind a reader is, roughly, with what closed sockets of their person hold. */
function steps(connection: Connection, closed: Pick<UnreadOutput, 'of'>): number {
  return Math.floor((unconfirmed(connection) + closed.of(connection.by)) / LIMITS.syncEveryBytes)
}

/** What a reader was asked to confirm and has not, in bytes. */
export function unconfirmed({ flow }: Connection): number {
  return flow.unanswered - flow.sinceAsk
}
