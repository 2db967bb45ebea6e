import { LIMITS } from '../../protocol/limits.ts'
import type { Role } from '../../protocol/roles.ts'

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
  /** Bad frames in a row. */
  strikes: number
  flow: Flow
}

/** Flow control: bytes that were sent and perhaps not read yet. */
export interface Flow {
  unanswered: number
  /** Sent since the last `sync` was asked. */
  sinceAsk: number
  /** The bytes that each unanswered `sync` stands for, oldest first. */
  asks: number[]
  /** Bytes of the welcome, allowed on top of the limit. */
  allowance: number
}

export function newConnection(who: {
  session: string
  by: string
  origin: string
  network?: string
  payer?: string
  openedAt?: number
}): Connection {
  const flow = { unanswered: 0, sinceAsk: 0, asks: [], allowance: 0 }
  return { ...who, joined: false, watch: false, username: '', joinedAs: '', role: 'reader', strikes: 0, flow }
}

/** Counts bytes to be sent, and answers whether to ask for a `sync`, or to close a reader that has stopped reading. */
export function countSent(to: Connection, bytes: number): 'fine' | 'ask' | 'close' {
  const { flow } = to
  if (exceedsFlow(to, bytes)) return 'close'
  flow.unanswered += bytes
  flow.sinceAsk += bytes
  if (flow.sinceAsk < LIMITS.syncEveryBytes) return 'fine'
  flow.asks.push(flow.sinceAsk)
  flow.sinceAsk = 0
  return 'ask'
}

/** Whether this many more bytes would put a reader too far behind. */
export function exceedsFlow({ flow }: Connection, bytes: number): boolean {
  return flow.unanswered + bytes > LIMITS.syncUnansweredBytes + flow.allowance
}

/** Counts an answer to the oldest `sync`. Answers false where none was asked. */
export function countRead({ flow }: Connection): boolean {
  const bytes = flow.asks.shift()
  if (bytes === undefined) return false
  flow.unanswered -= bytes
  flow.allowance = Math.min(flow.allowance, flow.unanswered)
  return true
}
