import { LIMITS } from '../../protocol/limits.ts'
import { ownerOf } from '../model/access.ts'
import { type Answer, DONE, refused, tooFast } from '../model/actions.ts'
import { decide } from '../model/decide.ts'
import type { PendingErasure } from '../model/room-record.ts'
import type { Log } from '../state/log.ts'
import type { RoomState, Scope } from '../state/state.ts'
import type { AuditActor } from './audit.ts'
import { closeSockets } from './moderate.ts'

/** Erases what this room holds of a person: their record at once, their messages in batches. */
export function forgetPerson(state: RoomState, scope: Scope, { who, log, username }: AuditActor): Answer {
  // An owner transfers the room first, or nobody could moderate it.
  if (ownerOf(log.record.access) === who.session) return refused('forbidden', 'owner')
  // Erasing searches the whole log, even for someone who has just joined.
  const hasty = tooFast(state.appeals.take(who.network ?? who.by, scope.now))
  if (hasty) return hasty
  const { erasing = [] } = log.record.settings
  const upTo = log.record.seq
  const others = erasing.filter(({ by }) => by !== who.by)
  log.save({ settings: { ...log.record.settings, erasing: [...others, { by: who.by, upTo }] } })
  closeSockets(state, scope, who.by, 'forgotten')
  state.store.removePerson(who.by)
  state.store.moderation.removeName(who.by, username)
  dropMember(log, who.session)
  eraseBatch(state, scope, log)
  return DONE
}

/** A private room also stores the names its members had in the room it was made from. */
function dropMember(log: Log, session: string): void {
  const { access } = log.record
  if (access.kind !== 'private') return
  const members = access.members.map((member) =>
    member.session === session ? { ...member, username: '' } : member,
  )
  log.save({ access: { ...access, members } })
}

/** Erases the next batch. */
export function eraseBatch(state: RoomState, scope: Scope, log: Log): void {
  const [first, ...rest] = log.record.settings.erasing ?? []
  if (first === undefined) return
  const messages = state.store.messagesOf(first.by, first.upTo, LIMITS.eraseBatch)
  for (const seq of messages) erase(state, scope, log, { seq, ...first })
  if (messages.length === LIMITS.eraseBatch) return
  state.store.removeName(first.by, first.upTo)
  const { erasing: _done, ...settings } = log.record.settings
  log.save({ settings: rest.length > 0 ? { ...settings, erasing: rest } : settings })
  log.dropNewestPage()
}

function erase(
  state: RoomState,
  scope: Scope,
  log: Log,
  { seq, by }: PendingErasure & { seq: number },
): void {
  const { options, store, sizes } = state
  const frame = { event: 'deleteChat', data: { ref: seq, room: options.room } } as const
  const decision = decide(frame, {
    room: options.room,
    bodyLength: sizes.bodyLength,
    record: log.record,
    store,
    author: { by, username: '', role: 'member' },
    earlier: undefined,
    id: options.newId(),
    now: scope.now,
    lastSpoke: () => undefined,
  })
  if (decision.kind !== 'change') return
  const { entry, redact = [] } = decision.change
  log.commit(decision.change)
  scope.changes.push({
    event: entry.event,
    json: JSON.stringify(entry),
    from: undefined,
    ack: { id: entry.data.id, seq: entry.data.seq, time: entry.data.time },
    erased: [seq, ...redact],
  })
}
