import type { Connection } from '../state/connection.ts'
import { rosterEvent } from '../state/ephemeral-events.ts'
import { type Delivery, encode } from '../state/outgoing.ts'
import { isPresent } from '../state/presence.ts'
import type { RoomState, Scope } from '../state/state.ts'
import { tellReports } from './report.ts'

/** Decides who is sent what after a turn. */
export function publish(state: RoomState, scope: Scope): Delivery[] {
  const { connections, watchers, unread } = state
  const { outgoing, now, changes } = scope
  tellPresence(state, scope)
  tellChanges(scope)
  tellReports(state, scope)
  watchers.tell(
    now,
    changes.map(({ json, ack }) => ({ seq: ack.seq, json })),
  )
  for (const [to, changed] of watchers.take(now)) outgoing.answerAll(to, changed)
  const newest = state.log?.record.seq ?? 0
  const hears = (to: Connection): boolean => isPresent(to) && to.catchUp === undefined
  return outgoing.deliveries(connections, newest, hears, unread)
}

/** Replaces unsent changes whose texts were erased in this turn by what a resume would send, which has no text. */
export function forgetErased({ store, watchers }: RoomState, { changes, erased }: Scope): void {
  if (erased.size === 0) return
  const today = (seq: number): string => JSON.stringify(store.replay(seq - 1, 1)[0])
  for (const change of changes) if (erased.has(change.ack.seq)) change.json = today(change.ack.seq)
  watchers.forget(erased, today)
}

/** Joins, leaves and typing go before the changes, so that nobody speaks before they have joined. */
function tellPresence({ presence, ephemeral, options }: RoomState, { now, outgoing, changes }: Scope): void {
  for (const { by, username } of presence.expire(now)) {
    ephemeral.left(now, encode('userLeave', { username, room: options.room, by }))
    ephemeral.rosterChanged(now)
    if (presence.count === 0) ephemeral.forget()
  }
  ephemeral.sendDue(outgoing, now, changes.length > 0, () =>
    rosterEvent(presence.count, () => presence.names()),
  )
}

/**
 * A single change goes to everyone else, and its sender gets an `ack`. Several changes go to everyone as one shared
 * string; senders find their own among them.
 */
function tellChanges({ outgoing, changes }: Scope): void {
  const alone = changes.length === 1
  for (const { json, from, ack } of changes) {
    outgoing.share(json, alone ? from : undefined)
    if (from && (alone || from.watch)) outgoing.answer(from, 'ack', ack)
  }
}
