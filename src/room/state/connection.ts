import { LIMITS } from '../../protocol/limits.ts'
import type { Role } from '../../protocol/roles.ts'

/**
 * One socket as the room knows it. All of it is kept with the socket while the room sleeps: whoever changes a
 * field in a way that matters then says so by `turn.touch`.
 */
export interface Connection {
  /** Hash of the session token. */
  readonly session: string
  readonly by: string
  /** Where this person's page lives, so that links in what is sent to them work for them. */
  readonly origin: string
  /** When it was opened, in ms. */
  readonly openedAt?: number
  joined: boolean
  watch: boolean
  username: string
  /** The name that `joined` told; they may have taken another since. */
  joinedAs: string
  role: Role
  /** Stands for where they come from; absent where that is not known. */
  readonly network?: string
  /** Until when they may not speak, in ms. */
  mutedUntil?: number
  /** How far they have read as they said here; it is stored when they leave. */
  read?: number
  /** Bad frames in a row. */
  strikes: number
  flow: Flow
}

/** What was sent and not yet known to have been read, in bytes. */
export interface Flow {
  unanswered: number
  /** Sent since the last `sync` was asked. */
  sinceAsk: number
  /** What each unanswered `sync` stood for, oldest first. */
  asks: number[]
  /** What a resume sent at once, on top of the limit. */
  allowance: number
}

export function newConnection(who: {
  session: string
  by: string
  origin: string
  network?: string
  openedAt?: number
}): Connection {
  const flow = { unanswered: 0, sinceAsk: 0, asks: [], allowance: 0 }
  return { ...who, joined: false, watch: false, username: '', joinedAs: '', role: 'reader', strikes: 0, flow }
}

/** Counts what is being sent: whether to ask for a `sync`, or to close a reader that has stopped reading. */
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

/** Whether a reader who is sent so much more is to be closed instead. */
export function exceedsFlow({ flow }: Connection, bytes: number): boolean {
  return flow.unanswered + bytes > LIMITS.syncUnansweredBytes + flow.allowance
}

/** An answer to the oldest `sync`. One that was not asked for counts for nothing: it answers false. */
export function countRead({ flow }: Connection): boolean {
  const bytes = flow.asks.shift()
  if (bytes === undefined) return false
  flow.unanswered -= bytes
  flow.allowance = Math.min(flow.allowance, flow.unanswered)
  return true
}
