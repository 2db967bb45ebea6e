import type { ChangeFrame } from '../protocol/client-frames.ts'
import { CLOSE } from '../protocol/errors.ts'
import type { LogEntry, ServerData } from '../protocol/server-frames.ts'
import type { Connection } from './connection.ts'
import { type Decision, decide } from './decide.ts'
import type { Log } from './log.ts'
import { isThisRoom, type RoomState, refuse, type Scope } from './state.ts'

interface Speech {
  from: Connection
  log: Log
  frame: ChangeFrame
}

/** A durable change: found again, refused, or committed and told to all. */
export function speak(state: RoomState, scope: Scope, speech: Speech): void {
  const { from, log, frame } = speech
  const { id, since, epoch, room } = frame.data
  if (!isThisRoom(state, room)) return refuse(scope, from, 'bad-data', { id, detail: 'room' })
  const after = log.retryFrom(since, epoch)
  if (after === 'stale') return refuse(scope, from, 'stale', { id })
  if (id !== undefined) {
    const verdict = state.limiter.take(from.by, scope.now, log.retryCost(after))
    if (verdict.kind === 'flood') return scope.turn.close(from, CLOSE.flood, 'rate-limited')
    if (verdict.kind === 'refuse')
      return refuse(scope, from, 'rate-limited', { id, retryAfter: verdict.retryAfter })
    if (since === undefined || epoch === undefined) log.warm(after)
  }
  let decision: Decision
  try {
    decision = consider(state, scope, speech, after)
  } catch (fault) {
    // Nothing was written yet: the fault costs this frame, and the sender may try again.
    state.options.report?.(fault)
    return refuse(scope, from, 'internal', { id })
  }
  commit(state, scope, speech, decision)
}

function consider(state: RoomState, scope: Scope, { from, log, frame }: Speech, after: number): Decision {
  const { id } = frame.data
  return decide(frame, {
    room: state.options.room,
    facts: log.facts,
    store: state.store,
    author: from,
    filed: id === undefined ? undefined : log.filed(from.by, id, after),
    id: id ?? state.options.newId(),
    now: scope.now,
  })
}

function commit(state: RoomState, scope: Scope, { from, log, frame }: Speech, decision: Decision): void {
  const { id } = frame.data
  switch (decision.kind) {
    case 'refused':
      return refuse(scope, from, decision.code, { id, detail: decision.detail })
    case 'repeat':
      return scope.turn.answer(from, 'ack', ackOf(decision.entry, from))
    case 'change': {
      const { entry, redact = [] } = decision.change
      const erased = entry.event === 'deleteChat' ? [entry.data.ref, ...redact] : []
      log.commit(decision.change)
      state.ambient.said(from.by)
      const { event } = entry
      scope.changes.push({ event, json: JSON.stringify(entry), from, ack: ackOf(entry, from), erased })
      return
    }
    default:
      return decision satisfies never
  }
}

/** It names the author where they do not know by themselves what they were called. */
function ackOf({ data }: LogEntry, { joinedAs }: Connection): ServerData<'ack'> {
  const { id, seq, time, username } = data
  return { id, seq, time, ...(username === joinedAs ? {} : { username }) }
}
