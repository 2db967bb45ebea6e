import type { ClientData } from '../../protocol/client-frames.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { roomPath } from '../../protocol/names.ts'
import type { Role } from '../../protocol/roles.ts'
import type { Invitation } from '../../protocol/server-frames.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { admit, firstRole } from '../model/access.ts'
import { nonDefaultSettings, type PersonRecord } from '../model/room-record.ts'
import { utf8Length } from '../model/text.ts'
import { type Connection, syncEvery } from '../state/connection.ts'
import { rosterEvents } from '../state/ephemeral-events.ts'
import { DamagedLog, type Log } from '../state/log.ts'
import { encode, measured, pack } from '../state/outgoing.ts'
import { doorOf, isThisRoom, type RoomState, refuse, type Scope, writesClosed } from '../state/state.ts'
import { beginRoom } from './begin-room.ts'
import { chargeRows, hasPaid, oweRows } from './charge.ts'
import { standingOf } from './moderate.ts'
import { takeName } from './take-name.ts'

/**
 * Someone joins. Reading the log and starting to receive it is one synchronous step before any change of the same turn,
 * so the next change this socket gets follows exactly on what it is sent here.
 */
export function join(state: RoomState, scope: Scope, from: Connection, data: ClientData<'userJoin'>): void {
  if (!isThisRoom(state, data.room)) return refuse(scope, from, 'bad-data', { detail: 'room' })
  if (data.version !== undefined && data.version !== PROTOCOL_VERSION)
    return refuse(scope, from, 'version-unsupported')
  // The room may have been closed to them since the upgrade.
  const known = state.store.person(from.by)
  const closed = admit(doorOf(state, scope.now), from, known)
  if (closed) return refuse(scope, from, closed)
  if (data.watch && known === undefined) return refuse(scope, from, 'forbidden')
  const unwritable = writesClosed(state, scope.now)
  if (unwritable && state.log === undefined) return refuse(scope, from, 'unavailable', unwritable)
  // Watchers keep their name. So do muted people, because everyone hears a new name.
  const keepsName =
    known !== undefined && (data.watch || unwritable !== undefined || muteLeft(known, scope.now) > 0)
  const asked = keepsName ? known.username : data.username
  const username = data.watch ? asked : takeName(state, scope, from, { username: asked, known })
  if (username === undefined) return

  if (!hasPaid(scope, from, chargeRows(state, from, scope.now, welcomeRows(state, data)))) return

  const log = state.log ?? beginRoom(state, { kind: 'open' }, scope.now)
  const person = data.watch && known ? known : remember(state, scope, from, username, known)
  if (known && known.username !== username && state.presence.isListed(from.by))
    tellRename(state, scope, person)
  Object.assign(from, {
    joined: true,
    watch: data.watch === true,
    username,
    joinedAs: username,
    role: person.role,
    ...(person.mutedUntil === undefined ? {} : { mutedUntil: person.mutedUntil }),
  })
  scope.outgoing.touch(from)
  if (!from.watch) {
    const first = state.presence.arrive(from)
    if (first) {
      state.ephemeral.tell(scope.now, encode('userJoin', { username, room: state.options.room, by: from.by }))
      state.ephemeral.rosterChanged(scope.now)
    }
    state.ephemeral.enter(from)
  }
  const { after, epoch, last } = data
  welcome(state, scope, { from, log, person, after, epoch, last })
  const { access } = log.record
  if (access.kind === 'private' && !unwritable && access.waiting.includes(from.session)) {
    scope.roomCalls.push({ kind: 'tellVisit', home: access.home, session: from.session })
  }
}

/** Someone changes their name. */
export function rename(
  state: RoomState,
  scope: Scope,
  from: Connection,
  data: ClientData<'userRename'>,
): void {
  if (!isThisRoom(state, data.room)) return refuse(scope, from, 'bad-data', { detail: 'room' })
  const retryAfter = muteLeft(from, scope.now)
  if (retryAfter > 0) return refuse(scope, from, 'muted', { retryAfter })
  const known = state.store.person(from.by)
  const username = takeName(state, scope, from, { username: data.username, known })
  if (username === undefined) return
  const person = remember(state, scope, from, username, known)
  tellRename(state, scope, person)
}

/** How much longer someone is muted, in ms. */
function muteLeft({ mutedUntil = 0 }: Pick<PersonRecord, 'mutedUntil'>, now: number): number {
  return Math.max(0, mutedUntil - now)
}

/** How many rows a joiner is read: the changes they missed, or the newest page. */
function welcomeRows({ log }: RoomState, { after, epoch }: ClientData<'userJoin'>): number {
  const missed = after === undefined || epoch === undefined ? undefined : log?.missed(after, epoch)
  return missed ?? LIMITS.historyPage
}

interface Arrival {
  from: Connection
  log: Log
  person: PersonRecord
  after: number | undefined
  epoch: string | undefined
  last: string | undefined
}

/** Sends a joiner what they get before anything else. */
function welcome(state: RoomState, scope: Scope, { from, log, person, after, epoch, last }: Arrival): void {
  const { record } = log
  const isOurs = after !== undefined && epoch !== undefined && log.hasAt(after, last)
  const replayed = isOurs ? log.replay(after, epoch) : undefined
  const missed = replayed === 'damaged' ? undefined : replayed
  const { lastId } = log
  const { options, presence, sizes } = state
  if (replayed === 'damaged') options.report?.(new DamagedLog('The log lacks a change'))
  const standing = standingOf(state, person)
  const read = Math.max(person.read ?? 0, presence.readPlace(from.by))
  const head = [
    encode('joined', {
      username: from.username,
      by: from.by,
      room: options.room,
      epoch: record.epoch,
      seq: record.seq,
      resumed: missed !== undefined,
      ...standing,
      version: PROTOCOL_VERSION,
      limits: {
        ...sizes,
        usernameLength: LIMITS.usernameLength,
        topicLength: LIMITS.topicLength,
        historyPageMax: LIMITS.historyPageMax,
        rateBurst: options.rate.burst,
        ratePerSecond: options.rate.perSecond,
      },
      ...nonDefaultSettings(record),
      topic: record.topic,
      ...(lastId === undefined ? {} : { last: lastId }),
      ...(read > 0 ? { read } : {}),
    }),
    ...rosterEvents(presence),
  ].map(measured)
  if (missed === undefined) head.push(log.newestPage())
  const part = missed && firstPart(missed, syncEvery(state.connections.size, state.unread.bytes))
  if (after !== undefined && missed && part && part.length < missed.length) {
    from.catchUp = { seq: after + part.length, sentAt: scope.now }
    scope.outgoing.ask(from)
  }
  const rest = from.catchUp ? [] : invitationEvents(state, from)
  oweRows(state, from, scope.now, rest.length + (standing.blocked?.length ?? 0))
  if (from.watch && from.catchUp === undefined) state.watchers.enter(from, record.seq)
  scope.outgoing.first(from, pack([...head, ...[...(part ?? []), ...rest].map(measured)]))
}

/** The first events of a resume, up to the one with which they have `bytes`. */
function firstPart(events: readonly string[], bytes: number): readonly string[] {
  let left = bytes
  const last = events.findIndex((event) => {
    left -= utf8Length(event)
    return left <= 0
  })
  return last < 0 ? events : events.slice(0, last + 1)
}

/** The invitations that someone has not answered yet, as events. */
export function invitationEvents({ store }: RoomState, to: Connection): string[] {
  const invited = { invited: to.username, created: false, joined: false }
  return store
    .waiting(to.by)
    .map(({ room, inviter, inviterId }) =>
      encode('newRoom', invitation(to, { room, inviter, inviterId, ...invited })),
    )
}

/** An invitation as `to` gets it: its link works at the origin of their page. */
export function invitation(
  to: Connection,
  of: {
    room: string
    inviter: string
    inviterId: string | undefined
    invited: string
    created: boolean
    joined: boolean
  },
): Invitation {
  const { room, inviter, inviterId, invited, created, joined } = of
  return {
    username: inviter,
    username2: invited,
    room,
    url: to.origin + roomPath(room),
    created,
    joined,
    ...(inviterId === undefined ? {} : { by: inviterId }),
  }
}

/** Saves someone who joined while nothing could be written. */
export function saveArrival(state: RoomState, scope: Scope, from: Connection): void {
  if (!from.unsaved) return
  delete from.unsaved
  scope.outgoing.touch(from)
  remember(state, scope, from, from.username, state.store.person(from.by))
}

/** Saves the person. Someone known who keeps their name costs one row a day. */
function remember(
  state: RoomState,
  scope: Scope,
  from: Connection,
  username: string,
  known: PersonRecord | undefined,
): PersonRecord {
  const fresh = known && known.username === username && scope.now - known.seen < LIMITS.seenEveryMs
  if (fresh) return known
  const changed = { username, seen: scope.now }
  const person = known ? { ...known, ...changed } : { ...newPerson(state, from, scope.now), ...changed }
  if (writesClosed(state, scope.now)) {
    from.unsaved = true
    return person
  }
  state.store.savePerson(person)
  if (!known) state.store.moderation.unadmit(from.by)
  return person
}

function newPerson(state: RoomState, from: Connection, now: number) {
  const { by, session } = from
  const role = newRole(state, from, now)
  return { by, session, role, silent: true, since: now, joinedAfter: state.log?.record.seq ?? 0 }
}

function newRole({ log, store }: RoomState, { by, session }: Connection, now: number): Role {
  return log ? firstRole(log.record.access, session, store.moderation.admitted(by, now)) : 'member'
}

/** Renames someone who is here in all their tabs, and tells everyone. */
function tellRename(state: RoomState, scope: Scope, { by, username }: PersonRecord): void {
  for (const connection of state.connections) {
    if (connection.by !== by) continue
    connection.username = username
    scope.outgoing.touch(connection)
  }
  state.presence.rename(by, username)
  state.ephemeral.tell(scope.now, encode('userRename', { by, username, room: state.options.room }))
  state.ephemeral.rosterChanged(scope.now)
}
