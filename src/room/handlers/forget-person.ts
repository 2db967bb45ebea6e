import { LIMITS } from '../../protocol/limits.ts'
import { ownerOf } from '../model/access.ts'
import { type Answer, DONE, refused, tooFast } from '../model/actions.ts'
import { type Change, decide } from '../model/decide.ts'
import type { Work } from '../model/price.ts'
import type { PendingErasure } from '../model/room-record.ts'
import type { Stretch } from '../model/store.ts'
import type { Log } from '../state/log.ts'
import type { RoomState, Scope } from '../state/state.ts'
import type { AuditActor } from './audit.ts'
import { chargeRows } from './charge.ts'
import { closeSockets } from './moderate.ts'

/** How often each change is read in the search for a person's texts and names. */
const SEARCHES = 3
/** How often the search for a batch, and its count, read each change at most. */
const STRETCH_READS = 5
/** A message is emptied, loses its name, and its deletion is a change. */
const ROWS_A_CHANGE = 3
/** The room's record, the alarm, the topic's removal and the end of the erasure. */
const ROWS_A_BATCH = 5
/** Rows of the audit log and of invitations that are searched besides. */
const OTHER_ROWS = 5_000

/** Erases what this room holds of a person: their record at once, their messages in batches. */
export function forgetPerson(state: RoomState, scope: Scope, { who, log }: AuditActor): Answer {
  // An owner transfers the room first, or nobody could moderate it.
  if (ownerOf(log.record.access) === who.session) return refused('forbidden', 'owner')
  const { erasing = [] } = log.record.settings
  const { seq: upTo, floor } = log.record
  const before = erasing.find(({ by }) => by === who.by)
  const known = before ? before.after : state.store.person(who.by)?.joinedAfter
  const after = Math.max(floor, known ?? 0)
  const tooMuch = tooFast(chargeRows(state, who, scope.now, OTHER_ROWS + SEARCHES * (upTo - after)))
  if (tooMuch) return tooMuch
  const appeal = tooFast(state.appeals.take(who.network ?? who.by, scope.now))
  if (appeal) return appeal
  const others = erasing.filter((one) => one !== before)
  const payer = who.payer ?? before?.payer
  const erasure = { by: who.by, upTo, after, ...(payer === undefined ? {} : { payer }) }
  log.save({ settings: { ...log.record.settings, erasing: [...others, erasure] } })
  closeSockets(state, scope, who.by, 'forgotten')
  // Everyone hears of the leave before they are to forget the name.
  state.presence.remove(who.by)
  state.ephemeral.stopTyping(who.by)
  state.pendingReports.removeName(who.by)
  // It reads the record of each pair, which goes with the person.
  state.store.moderation.removeName(who.by)
  state.store.removePerson(who.by)
  dropMember(log, who.session)
  if (log.record.settings.topicBy === who.by) removeTopic(state, scope, log, who.by)
  // Their network pays for each batch before it is erased.
  if (payer === undefined) eraseBatch(state, scope, log, who.by)
  else tellForgotten(state, scope, log, erasure)
  return DONE
}

/** Tells everyone, also those who resume later, that the room has forgotten a person. */
function tellForgotten(state: RoomState, scope: Scope, log: Log, { by, upTo }: PendingErasure): void {
  commit(scope, log, {
    entry: {
      event: 'deleteChat',
      data: { ...nextEntry(state, scope, log, by), ref: 0, forgotten: upTo },
    },
  })
}

function removeTopic(state: RoomState, scope: Scope, log: Log, by: string): void {
  commit(scope, log, {
    entry: { event: 'setTopic', data: { ...nextEntry(state, scope, log, by), topic: '' } },
  })
}

/** What every change by a forgotten person has. */
function nextEntry({ options }: RoomState, { now }: Scope, { record }: Log, by: string) {
  const { seq, time } = record
  const { newId, room } = options
  return { seq: seq + 1, id: newId(), by, username: '', time: Math.max(now, time), room }
}

function commit(scope: Scope, log: Log, change: Change): void {
  const { event, data } = change.entry
  log.commit(change)
  scope.changes.push({
    event,
    json: JSON.stringify(change.entry),
    from: undefined,
    ack: { id: data.id, seq: data.seq, time: data.time },
  })
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

/** The part of the log that the next batch of an erasure searches. */
function nextStretch({ record }: Log, { upTo, after = 0 }: PendingErasure): Stretch {
  const from = Math.max(record.floor, after)
  return { after: from, upTo: Math.min(upTo, from + LIMITS.eraseSearch) }
}

/** What the next batch of an erasure does at most. */
export function eraseWork({ store }: RoomState, log: Log, erasure: PendingErasure): Work {
  const stretch = nextStretch(log, erasure)
  const changes = store.countChanges(erasure.by, stretch)
  return {
    rowsRead: STRETCH_READS * (stretch.upTo - stretch.after),
    rowsWritten: ROWS_A_CHANGE * changes + ROWS_A_BATCH,
  }
}

/** Erases the next batch of what a person asked for, and remembers where it came to. */
export function eraseBatch(state: RoomState, scope: Scope, log: Log, personId: string): void {
  const { erasing = [] } = log.record.settings
  const first = erasing.find((one) => one.by === personId)
  if (first === undefined) return
  const rest = erasing.filter((one) => one !== first)
  const { by, upTo } = first
  const { after, upTo: end } = nextStretch(log, first)
  const reached = eraseTexts(state, scope, log, { by, after, upTo: end })
  eraseLooseTexts(state, scope, log, { by, after, upTo: reached })
  state.store.removeName(by, { after, upTo: reached })
  const left = reached < upTo ? [{ ...first, after: reached }, ...rest] : rest
  const { erasing: _, ...settings } = log.record.settings
  log.save({ settings: left.length > 0 ? { ...settings, erasing: left } : settings })
  log.dropNewestPage()
  if (reached >= upTo) tellForgotten(state, scope, log, first)
}

function eraseLooseTexts(
  state: RoomState,
  scope: Scope,
  log: Log,
  { by, ...within }: Stretch & { by: string },
): void {
  const texts = state.store.looseTexts(by, within)
  const seqs = texts.map(({ seq }) => seq)
  state.store.redact(seqs)
  for (const seq of seqs) scope.erased.add(seq)
  const { topic, settings } = log.record
  // Earlier versions did not store who set the topic.
  if (topic !== '' && settings.topicBy === undefined && texts.some((text) => text.topic === topic))
    removeTopic(state, scope, log, by)
}

/** Erases a person's texts in a part of the log, as many as a batch takes; answers up to where none is left. */
function eraseTexts(
  state: RoomState,
  scope: Scope,
  log: Log,
  { by, after, upTo }: Stretch & { by: string },
): number {
  let texts = 0
  for (const seq of state.store.messagesOf(by, { after, upTo }, LIMITS.eraseBatch)) {
    texts += erase(state, scope, log, { seq, by })
    if (texts >= LIMITS.eraseBatch) return seq
  }
  return upTo
}

/** Erases a message, and answers how many texts it had, counting those of its edits. */
function erase(state: RoomState, scope: Scope, log: Log, { seq, by }: { seq: number; by: string }): number {
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
  if (decision.kind !== 'change') return 0
  const { redact = [] } = decision.change
  commit(scope, log, decision.change)
  for (const erased of [seq, ...redact]) scope.erased.add(erased)
  return 1 + redact.length
}
