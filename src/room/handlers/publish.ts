import { rosterEvent } from '../state/ephemeral-events.ts'
import { type Delivery, encode } from '../state/outgoing.ts'
import { isPresent } from '../state/presence.ts'
import type { RoomState, Scope } from '../state/state.ts'

/** Who is told what of a turn that was committed. */
export function publish(state: RoomState, scope: Scope): Delivery[] {
  const { connections, watchers } = state
  const { outgoing, now, changes } = scope
  tellPresence(state, scope)
  tellChanges(scope)
  watchers.tell(
    now,
    changes.map(({ json, ack }) => ({ seq: ack.seq, json })),
  )
  for (const [to, changed] of watchers.take(now)) outgoing.answerAll(to, changed)
  const newest = state.log?.record.seq ?? 0
  return outgoing.deliveries(connections, newest, isPresent)
}

/** What is still to be told of a change whose text is erased now: what a resume would tell, which holds no text. */
export function forgetErased({ store, watchers }: RoomState, { changes }: Scope): void {
  const erased = new Set(changes.flatMap((change) => change.erased))
  if (erased.size === 0) return
  const today = (seq: number): string => JSON.stringify(store.replay(seq - 1, 1)[0])
  for (const change of changes) if (erased.has(change.ack.seq)) change.json = today(change.ack.seq)
  watchers.forget(erased, today)
}

/** Who came, went and types: before the changes, so that nobody speaks who has not come. */
function tellPresence({ presence, ephemeral, options }: RoomState, { now, outgoing, changes }: Scope): void {
  for (const { by, username } of presence.expire(now)) {
    ephemeral.left(now, encode('userLeave', { username, room: options.room, by }))
    ephemeral.rosterChanged(now)
  }
  ephemeral.ride(outgoing, now, changes.length > 0, () => rosterEvent(presence.count, () => presence.names()))
}

/**
 * A change that is alone goes to all others, and its sender gets an `ack`. Of several everyone hears the same,
 * so that they are one string for all; a sender finds their own among them.
 */
function tellChanges({ outgoing, changes }: Scope): void {
  const alone = changes.length === 1
  for (const { json, from, ack } of changes) {
    outgoing.share(json, alone ? from : undefined)
    if (from && (alone || from.watch)) outgoing.answer(from, 'ack', ack)
  }
}
