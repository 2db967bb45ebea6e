import { LIMITS } from '../../protocol/limits.ts'
import type { OwnSettings, SettingsChange } from '../../protocol/moderation.ts'
import type { Retention } from '../../protocol/retentions.ts'
import { may } from '../../protocol/roles.ts'
import { admit, ownerOf, roleOf, type Visitor } from '../model/access.ts'
import {
  ACTION_NEEDS,
  ACTION_ROWS,
  type Answer,
  DONE,
  type MemberView,
  READING_ACTIONS,
  type RoomAction,
  refused,
  tooFast,
} from '../model/actions.ts'
import { type Access, type RoomRecord, type RoomSettings, sharedSettings } from '../model/room-record.ts'
import { encode } from '../state/outgoing.ts'
import { doorOf, type RoomState, type Scope, writesClosed } from '../state/state.ts'
import { type AuditActor, actorFields, auditPage, recordAudit } from './audit.ts'
import { charge, chargeRows } from './charge.ts'
import { forgetPerson } from './forget-person.ts'
import { listedLink, makeLink, redeemLink, revokeLink } from './invite-links.ts'
import { moderate, tellStanding } from './moderate.ts'
import { reportMessage } from './report.ts'

/** Does all of an action, or refuses it and does nothing. */
export function handleAction(state: RoomState, scope: Scope, who: Visitor, action: RoomAction): Answer {
  const { log, store } = state
  const door = doorOf(state, scope.now)
  if (action.kind === 'redeemLink') return redeemLink(state, scope, who, action.hash)
  const closed = admit(door, who)
  // People who may not join are told so however fast they ask. For everyone else an action costs as much as a frame.
  if (closed) return refused(closed)
  const hasty = tooFast(charge(state, who, scope.now))
  if (hasty) return hasty
  const role = roleOf(door, who)
  if (log === undefined || role === undefined) return refused('forbidden')
  const need = ACTION_NEEDS[action.kind]
  if (
    need === 'joined'
      ? store.person(who.by) === undefined
      : need !== 'nothing' && !may(need, role, log.record.access)
  )
    return refused('forbidden')
  const tooMuch = tooFast(chargeRows(state, who, scope.now, rowsOf(state, action)))
  if (tooMuch) return tooMuch
  const unwritable = READING_ACTIONS.has(action.kind) ? undefined : writesClosed(state, scope.now)
  if (unwritable) return { ok: false, ...unwritable }
  return perform(state, scope, { log, role, who, username: store.person(who.by)?.username ?? '' }, action)
}

/** The most rows that an action may read. Being forgotten has a price of its own. */
function rowsOf({ store }: RoomState, { kind }: RoomAction): number {
  // All people are counted once, read, and sorted by when they were last here.
  return kind === 'listPeople' ? 3 * store.countPeople() : (ACTION_ROWS[kind] ?? 0)
}

function perform(
  state: RoomState,
  scope: Scope,
  asker: AuditActor,
  action: Exclude<RoomAction, { kind: 'redeemLink' }>,
): Answer {
  const { store } = state
  const { by } = asker.who
  switch (action.kind) {
    case 'set':
      return set(state, scope, asker, action.change)
    case 'moderate':
      return moderate(state, scope, asker, action.what)
    case 'listPeople':
      return { ok: true, value: peopleOf(state) }
    case 'listNotes':
      return { ok: true, value: auditPage(state, by, action) }
    case 'report':
      return reportMessage(state, scope, asker, action.what)
    case 'block':
      return block(state, scope, by, action)
    case 'setOwn':
      return setOwn(state, scope, by, action.change)
    case 'makeLink':
      return makeLink(state, scope, asker, action)
    case 'listLinks':
      return { ok: true, value: store.moderation.linksWithWaiting().map(listedLink) }
    case 'revokeLink':
      return revokeLink(state, scope, asker, action.hash)
    case 'forget':
      return forgetPerson(state, scope, asker)
    default:
      return action satisfies never
  }
}

/** The settings that moderators may change. The others are the owner's. */
const MODERATORS: readonly (keyof SettingsChange)[] = ['locked', 'slowMs']

function set(
  state: RoomState,
  scope: Scope,
  { log, role, who, username }: AuditActor,
  change: SettingsChange,
): Answer {
  const { access: before } = log.record
  const keys = Object.keys(change) as (keyof SettingsChange)[]
  const beyond = keys.find((key) => !MODERATORS.includes(key) && !may('govern', role, before))
  if (beyond) return refused('forbidden', beyond)
  const { access: kind, ...rest } = change
  const settings = { ...withPayer(log.record, rest.retention, who.payer), ...trimmed(rest) }
  const access = kind === undefined ? before : accessAs(before, kind)
  log.save({ settings, access })
  recordAudit(state, scope, { ...actorFields({ role, who, username }), action: 'set', settings: keys })
  state.ephemeral.tell(scope.now, encode('room', sharedSettings(log.record)))
  return { ok: true, value: sharedSettings(log.record) }
}

/** Who sets a retention pays for the deletion of what is stored already. Later changes pay for theirs as they are sent. */
function withPayer(
  { seq, settings }: RoomRecord,
  retention: Retention | undefined,
  payer: string | undefined,
): RoomSettings {
  if (retention === undefined || retention === settings.retention) return settings
  const { trimming, ...others } = settings
  if (retention === 'forever') return others
  if (settings.retention !== 'forever') return settings
  return payer === undefined ? others : { ...others, trimming: { upTo: seq, payer } }
}

function trimmed(change: Omit<SettingsChange, 'access'>): Partial<RoomSettings> {
  const known = Object.entries(change).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    known.map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value]),
  )
}

function accessAs(access: Access, kind: 'open' | 'invite'): Access {
  const owner = ownerOf(access)
  return owner === undefined ? access : { kind, owner }
}

function peopleOf({ store, presence }: RoomState): MemberView[] {
  return store.people(LIMITS.peoplePage).map(({ by, username, role, seen, mutedUntil, bannedUntil }) => ({
    by,
    username,
    role,
    seen,
    here: presence.has(by),
    ...(mutedUntil === undefined ? {} : { mutedUntil }),
    ...(bannedUntil === undefined ? {} : { bannedUntil }),
  }))
}

function block(
  state: RoomState,
  scope: Scope,
  by: string,
  { by: other, on }: { by: string; on: boolean },
): Answer {
  const { moderation } = state.store
  if (other === by) return refused('bad-data', 'by is yourself')
  if (on) {
    if (state.store.person(other) === undefined) return refused('not-found', 'by')
    if (moderation.blocked(by).length >= LIMITS.blocks) return refused('limit-reached')
    moderation.block(by, other)
    const pair = state.store.pair(by, other)
    if (pair !== undefined) state.store.uninvite(by, pair)
  } else moderation.unblock(by, other)
  tellStanding(state, scope, by)
  return DONE
}

/** A person's own settings. Invitations that they would have refused are removed. */
function setOwn(state: RoomState, scope: Scope, personId: string, { refusesStrangers }: OwnSettings): Answer {
  const { store } = state
  store.refuseStrangers(personId, refusesStrangers)
  if (refusesStrangers) {
    for (const { room, inviterId } of store.waiting(personId))
      if (inviterId !== undefined && !store.haveMet(personId, inviterId)) store.uninvite(personId, room)
  }
  tellStanding(state, scope, personId)
  return DONE
}
