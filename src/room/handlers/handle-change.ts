import type { ChangeFrame } from '../../protocol/client-frames.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { type Change, type Decision, decide, isSpeech } from '../model/decide.ts'
import { SPOKE_AMONG } from '../model/store.ts'
import type { Connection } from '../state/connection.ts'
import type { Log } from '../state/log.ts'
import { isThisRoom, type RoomState, refuse, type Scope, writesClosed } from '../state/state.ts'
import { recordAudit } from './audit.ts'
import { acknowledge, ackOf } from './catch-up.ts'
import { chargeRows, hasPaid, oweRows } from './charge.ts'
import { saveArrival } from './join.ts'
import { waitForIds } from './wait-for-ids.ts'

interface ReceivedChange {
  from: Connection
  log: Log
  frame: ChangeFrame
}

/** Handles a durable change: it is a repeat, refused, or committed and sent to everyone. */
export function handleChange(state: RoomState, scope: Scope, received: ReceivedChange): void {
  const { from, log, frame } = received
  const { id, since, epoch, room } = frame.data
  if (!isThisRoom(state, room)) return refuse(scope, from, 'bad-data', { id, detail: 'room' })
  const after = log.retryFrom(since, epoch)
  if (after === 'stale') return refuse(scope, from, 'stale', { id })
  const lookBack = id === undefined ? 0 : log.lookBack(after)
  if (lookBack > 0) {
    // The log has what a stored change refers to, so this is no repeat of one: nothing has to be looked up.
    const beyond = refersBeyond(frame, log.record.seq)
    if (beyond) return refuse(scope, from, 'not-found', { id, detail: beyond })
    if (!hasPaid(scope, from, chargeRows(state, from, scope.now, lookBack), id)) return
    if (since === undefined || epoch === undefined) {
      if (!log.warm(after, LIMITS.retryBatch))
        return waitForIds(state, scope, from, (later) =>
          handleChange(state, later, { ...received, log: state.log ?? log }),
        )
    }
  }
  let decision: Decision
  try {
    decision = decideOn(state, scope, received, after)
  } catch (fault) {
    // Nothing is written yet: only this frame fails, and the sender may retry.
    state.options.report?.(fault)
    return refuse(scope, from, 'internal', { id })
  }
  commit(state, scope, received, decision)
}

/** The field of a change that refers to more than the log has. */
function refersBeyond({ data }: ChangeFrame, newest: number): 'ref' | 'replyTo' | undefined {
  if ('ref' in data) return data.ref > newest ? 'ref' : undefined
  return 'replyTo' in data && (data.replyTo ?? 0) > newest ? 'replyTo' : undefined
}

function decideOn(
  state: RoomState,
  scope: Scope,
  { from, log, frame }: ReceivedChange,
  after: number,
): Decision {
  const { id } = frame.data
  return decide(frame, {
    room: state.options.room,
    record: log.record,
    store: state.store,
    author: from,
    earlier: id === undefined ? undefined : log.findStored(from.by, id, after),
    id: id ?? state.options.newId(),
    bodyLength: state.sizes.bodyLength,
    now: scope.now,
    lastSpoke: () => lastSpoke(state, scope, from, log),
  })
}

function commit(
  state: RoomState,
  scope: Scope,
  { from, log, frame }: ReceivedChange,
  decision: Decision,
): void {
  const { id } = frame.data
  switch (decision.kind) {
    case 'refused':
      return refuse(scope, from, decision.code, { id, ...decision })
    case 'repeat':
      return acknowledge(scope, from, ackOf(decision.entry, from))
    case 'change': {
      const closed = writesClosed(state, scope.now)
      if (closed) return refuse(scope, from, 'unavailable', { id, ...closed })
      saveArrival(state, scope, from)
      const { entry, redact = [] } = decision.change
      if (entry.event === 'deleteChat') for (const seq of [entry.data.ref, ...redact]) scope.erased.add(seq)
      log.commit(decision.change)
      // Each earlier edit is read and written once more.
      oweRows(state, from, scope.now, 2 * redact.length)
      state.ephemeral.stopTyping(from.by)
      const { event } = entry
      // By the clock: the log's own time stands still while the clock is behind it.
      if (isSpeech(frame) && log.record.settings.slowMs > 0) state.spoke.set(from.by, scope.now)
      if (event === 'updateChat' && !from.spoke) {
        from.spoke = true
        scope.outgoing.touch(from)
      }
      auditRemoval(state, scope, from, decision.change)
      const ack = ackOf(entry, from)
      const change = { event, json: JSON.stringify(entry), ack }
      scope.changes.push({ ...change, from: from.catchUp ? undefined : from })
      if (from.catchUp) acknowledge(scope, from, ack)
      return
    }
    default:
      return decision satisfies never
  }
}

/** When someone last spoke: from memory, or from the log where the room has slept since. */
function lastSpoke(state: RoomState, { now }: Scope, from: Connection, { record }: Log): number | undefined {
  const { by } = from
  const known = state.spoke.get(by)
  if (known !== undefined) return known
  oweRows(state, from, now, Math.min(SPOKE_AMONG.messages + SPOKE_AMONG.changes, record.seq))
  if (state.spoke.size > MANY_SPOKE) state.spoke.clear()
  const found = state.store.lastSpoke(by, now - record.settings.slowMs) ?? 0
  state.spoke.set(by, found)
  return found
}

const MANY_SPOKE = 10_000

/** Notes in the audit log that someone edited or deleted another person's message. */
function auditRemoval(state: RoomState, scope: Scope, from: Connection, { entry, stored }: Change): void {
  const { event, data } = entry
  const message = stored?.message
  if (message === undefined || message.by === from.by) return
  if (event !== 'deleteChat' && event !== 'editChat') return
  const { by, username } = from
  const about = { about: message.by, aboutName: message.username }
  recordAudit(state, scope, { by, username, action: event, ...about, ref: data.ref })
}
