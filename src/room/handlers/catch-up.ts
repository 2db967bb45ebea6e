import { CLOSE } from '../../protocol/error-rules.ts'
import type { LogEntry, ServerData } from '../../protocol/server-frames.ts'
import { type CatchUp, type Connection, syncEvery } from '../state/connection.ts'
import { rosterEvents } from '../state/ephemeral-events.ts'
import type { Log } from '../state/log.ts'
import { encode } from '../state/outgoing.ts'
import type { RoomState, Scope } from '../state/state.ts'
import { oweRows } from './charge.ts'
import { invitationEvents } from './join.ts'

/** Goes on with the resumes whose readers have confirmed everything so far. Their parts hold the changes of this turn. */
export function catchUp(state: RoomState, scope: Scope): void {
  for (const to of scope.catchingUp) {
    const { log } = state
    if (log && to.catchUp && state.connections.has(to)) sendPart(state, scope, { to, log, from: to.catchUp })
    state.accounts.settle(to)
  }
}

function sendPart(
  state: RoomState,
  { now, outgoing }: Scope,
  { to, log, from }: { to: Connection; log: Log; from: CatchUp },
): void {
  const { seq: newest, floor } = log.record
  const part =
    from.seq < floor ? [] : log.part(from.seq, syncEvery(state.connections.size, state.unread.bytes))
  // The next change was trimmed, or the storage lacks it. The client reconnects and starts afresh.
  if (part.length === 0) return outgoing.close(to, CLOSE.slowReader, 'slow reader')
  const seq = from.seq + part.length
  // Its rows are read a second time: the first was to measure the resume.
  oweRows(state, to, now, part.length)
  outgoing.touch(to)
  outgoing.answerAll(
    to,
    part.flatMap((entry) => [JSON.stringify(entry), ...ackAfter(entry, to, from)]),
  )
  if (seq < newest) {
    to.catchUp = { ...from, seq, sentAt: now }
    return outgoing.ask(to)
  }
  to.catchUp = undefined
  if (to.watch) state.watchers.enter(to, seq)
  // The part holds what this turn tells others, and who is here may have changed.
  outgoing.skip(to, Number.POSITIVE_INFINITY)
  outgoing.answerAll(to, [...rosterEvents(state.presence), ...invitationEvents(state, to)])
}

function ackAfter(entry: LogEntry, to: Connection, { acksFrom }: CatchUp): string[] {
  const { by, seq } = entry.data
  return acksFrom !== undefined && seq >= acksFrom && by === to.by ? [encode('ack', ackOf(entry, to))] : []
}

/** Acknowledges a change at its place: after the change itself, where that is still to be sent. */
export function acknowledge({ outgoing }: Scope, to: Connection, ack: ServerData<'ack'>): void {
  const { catchUp: place } = to
  if (place === undefined || ack.seq <= place.seq) return outgoing.answer(to, 'ack', ack)
  to.catchUp = { ...place, acksFrom: Math.min(ack.seq, place.acksFrom ?? ack.seq) }
  outgoing.touch(to)
}

/** Includes the author's name where it is not the name they joined under. */
export function ackOf({ data }: LogEntry, { joinedAs }: Connection): ServerData<'ack'> {
  const { id, seq, time, username } = data
  return { id, seq, time, ...(username === joinedAs ? {} : { username }) }
}
