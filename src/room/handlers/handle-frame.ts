import type { ClientData, ClientFrame } from '../../protocol/client-frames.ts'
import { CLOSE } from '../../protocol/error-rules.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { type Parsed, parseClientFrame } from '../../protocol/parse-client-frame.ts'
import { may } from '../../protocol/roles.ts'
import { isLongerThan } from '../model/text.ts'
import { type Connection, countRead } from '../state/connection.ts'
import type { Log } from '../state/log.ts'
import { encode } from '../state/outgoing.ts'
import { isThisRoom, type RoomState, refuse, type Scope, writesClosed } from '../state/state.ts'
import { charge, chargeRows, hasPaid } from './charge.ts'
import { deletionRows, framePrice } from './frame-price.ts'
import { handleChange } from './handle-change.ts'
import { dismissRoomInvitation, invite } from './invite.ts'
import { join, rename, saveArrival } from './join.ts'
import { isWaiting, waitForIds } from './wait-for-ids.ts'

/** One frame as it came from a socket. */
export interface Incoming {
  from: Connection
  frame: string | ArrayBuffer
}

/** What a call to another room writes there. For a visit, its answer also writes here, when nobody is left to pay. */
const ROOM_CALL_ROWS = { openPair: 1, tellVisit: 3, tellReports: 1 }

/** When to try again where too many frames wait for their network's budget. */
const HELD_RETRY_MS = 1_000

const NOT_TEXT: Parsed<ClientFrame> = { ok: false, code: 'bad-frame' }

/** Handles the frames of one turn. New joiners come first: they hear everything else that happens in it. */
export function handleFrames(state: RoomState, scope: Scope, incoming: readonly Incoming[]): void {
  const later: Incoming[] = []
  for (const input of incoming) {
    if (input.from.joined) later.push(input)
    else handlePaid(state, scope, input)
  }
  for (const input of later) handlePaid(state, scope, input)
}

/** Handles a frame, and takes what that cost from the account of its sender. */
function handlePaid(state: RoomState, scope: Scope, input: Incoming): void {
  const { from } = input
  if (isWaiting(state, from))
    return waitForIds(state, scope, from, (later) => handlePaid(state, later, input))
  const { roomCalls, changes } = scope
  const [calls, before] = [roomCalls.length, changes.length]
  handleFrame(state, scope, input)
  const rows = roomCalls.slice(calls).reduce((sum, { kind }) => sum + ROOM_CALL_ROWS[kind], 0)
  state.accounts.settle(input.from, rows + deletionRows(state, changes.slice(before)))
}

function handleFrame(state: RoomState, scope: Scope, { from, frame }: Incoming): void {
  if (!state.connections.has(from) || scope.outgoing.isClosing(from)) return
  if (typeof frame === 'string' && isLongerThan(frame, state.sizes.frameBytes))
    return refuse(scope, from, 'too-large')
  const parsed = typeof frame === 'string' ? parseClientFrame(frame) : NOT_TEXT
  if (parsed.ok && parsed.frame.event === 'sync' && countRead(from, scope.now)) return confirm(scope, from)
  if (parsed.ok && !isCovered(state, scope, { from, frame }, parsed.frame)) return

  const id = parsed.ok ? idOf(parsed.frame) : parsed.id
  if (hasPaid(scope, from, charge(state, from, scope.now), id)) {
    if (parsed.ok) dispatch(state, scope, from, parsed.frame)
    else refuse(scope, from, parsed.code, parsed)
  }
  countBadFrame(scope, from, !parsed.ok && parsed.code === 'bad-frame')
}

/** Whether the sender's network can pay for a frame. If not, the frame waits for its budget, or is refused. */
function isCovered(state: RoomState, scope: Scope, input: Incoming, frame: ClientFrame): boolean {
  const { from } = input
  if (from.payer === undefined) return true
  const { accounts } = state
  const price = framePrice(state, frame)
  const cover = accounts.cover(from, price, scope.now)
  if (cover === 'paid' || (cover === 'waits' && accounts.hold(input, price))) return cover === 'paid'
  const retryAfter = cover === 'waits' ? HELD_RETRY_MS : cover.retryAfter
  refuse(scope, from, 'rate-limited', { id: idOf(frame), retryAfter })
  if (accounts.isEmpty(from)) scope.outgoing.close(from, CLOSE.flood, 'rate-limited')
  return false
}

/** A reader has confirmed what they were sent. */
function confirm({ catchingUp, outgoing }: Scope, from: Connection): void {
  outgoing.touch(from)
  if (from.catchUp && from.flow.asks.length === 0) catchingUp.add(from)
}

function dispatch(state: RoomState, scope: Scope, from: Connection, frame: ClientFrame): void {
  if (frame.event === 'userJoin') {
    return from.joined ? refuse(scope, from, 'already-joined') : join(state, scope, from, frame.data)
  }
  const { log } = state
  if (!from.joined || log === undefined) return refuse(scope, from, 'not-joined', { id: idOf(frame) })
  switch (frame.event) {
    case 'msgHistory': {
      const { id, limit = LIMITS.historyPage, ...where } = frame.data
      if (hasPaid(scope, from, chargeRows(state, from, scope.now, pageRows(limit)), id))
        state.pages.push({ to: from, id, query: { ...where, limit: pageRows(limit) } })
      return
    }
    case 'userTyping':
      return type(state, scope, { from, log, data: frame.data })
    case 'userRename':
    case 'newRoom':
    case 'dismissRoom':
      return handleRequest(state, scope, { from, log, frame })
    case 'markRead':
      return markRead(state, scope, { from, log, data: frame.data })
    case 'sync':
      return
    default:
      return handleChange(state, scope, { from, log, frame })
  }
}

/** What is stored besides the log. */
function handleRequest(
  state: RoomState,
  scope: Scope,
  { from, log, frame }: { from: Connection; log: Log; frame: RequestFrame },
): void {
  const closed = writesClosed(state, scope.now)
  if (closed) return refuse(scope, from, 'unavailable', closed)
  saveArrival(state, scope, from)
  switch (frame.event) {
    case 'userRename':
      return rename(state, scope, from, frame.data)
    case 'newRoom':
      return invite(state, scope, { from, log, data: frame.data })
    case 'dismissRoom':
      return dismissRoomInvitation(state, scope, from, frame.data)
    default:
      return frame satisfies never
  }
}

type RequestFrame = Extract<ClientFrame, { event: 'userRename' | 'newRoom' | 'dismissRoom' }>

interface Handled<E extends 'markRead' | 'userTyping'> {
  from: Connection
  log: Log
  data: ClientData<E>
}

function markRead(state: RoomState, scope: Scope, { from, log, data }: Handled<'markRead'>): void {
  const { seq, room } = data
  if (!isThisRoom(state, room)) return refuse(scope, from, 'bad-data', { detail: 'room' })
  if (seq > log.record.seq) return refuse(scope, from, 'bad-data', { detail: 'seq' })
  if (seq <= (from.read ?? 0)) return
  from.read = seq
  state.presence.read(from.by, seq)
  scope.outgoing.touch(from)
}

function type(state: RoomState, scope: Scope, { from, log, data }: Handled<'userTyping'>): void {
  const { by, username, role, mutedUntil = 0 } = from
  if (!isThisRoom(state, data.room)) return refuse(scope, from, 'bad-data', { detail: 'room' })
  if (!may('speak', role, log.record.access)) return refuse(scope, from, 'forbidden')
  if (mutedUntil > scope.now) return
  state.ephemeral.type(scope.now, by, encode('userTyping', { username, room: state.options.room, by }))
}

/** Closes a connection after too many bad frames in a row. */
function countBadFrame(scope: Scope, from: Connection, isBad: boolean): void {
  const strikes = isBad ? from.strikes + 1 : 0
  if (strikes === from.strikes) return
  from.strikes = strikes
  scope.outgoing.touch(from)
  if (strikes >= LIMITS.badFramesInARow) scope.outgoing.close(from, CLOSE.policy, 'bad-frame')
}

/** How many messages a page of this limit has at most: each is a row. */
export function pageRows(limit: number): number {
  return Math.min(limit, LIMITS.historyPageMax)
}

function idOf(frame: ClientFrame): string | undefined {
  return 'id' in frame.data ? frame.data.id : undefined
}
