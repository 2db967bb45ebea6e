import type { ChangeFrame } from '../../protocol/client-frames.ts'
import { CLOSE } from '../../protocol/errors.ts'
import type { LogEntry, ServerData } from '../../protocol/server-frames.ts'
import { type Change, type Decision, decide } from '../model/decide.ts'
import type { Connection } from '../state/connection.ts'
import type { Log } from '../state/log.ts'
import { isThisRoom, type RoomState, refuse, type Scope } from '../state/state.ts'
import { recordAudit } from './audit.ts'

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
  if (id !== undefined) {
    const verdict = state.limiter.take(from.by, scope.now, log.retryCost(after))
    if (verdict.kind === 'flood') return scope.outgoing.close(from, CLOSE.flood, 'rate-limited')
    if (verdict.kind === 'refuse')
      return refuse(scope, from, 'rate-limited', { id, retryAfter: verdict.retryAfter })
    if (since === undefined || epoch === undefined) log.warm(after)
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
    lastSpoke: () => lastSpoke(state, scope, from.by, log),
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
      return scope.outgoing.answer(from, 'ack', ackOf(decision.entry, from))
    case 'change': {
      const { entry, redact = [] } = decision.change
      const erased = entry.event === 'deleteChat' ? [entry.data.ref, ...redact] : []
      log.commit(decision.change)
      state.ephemeral.stopTyping(from.by)
      const { event, data } = entry
      if (event === 'updateChat' && log.record.settings.slowMs > 0) state.spoke.set(from.by, data.time)
      auditRemoval(state, scope, from, decision.change)
      scope.changes.push({ event, json: JSON.stringify(entry), from, ack: ackOf(entry, from), erased })
      return
    }
    default:
      return decision satisfies never
  }
}

/** When someone last spoke: from memory, or from the log where the room has slept since. */
function lastSpoke(state: RoomState, { now }: Scope, by: string, { record }: Log): number | undefined {
  const known = state.spoke.get(by)
  if (known !== undefined) return known
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

/** Includes the author's name where it is not the name they joined under. */
function ackOf({ data }: LogEntry, { joinedAs }: Connection): ServerData<'ack'> {
  const { id, seq, time, username } = data
  return { id, seq, time, ...(username === joinedAs ? {} : { username }) }
}
