import type { ClientData } from '../protocol/client-frames.ts'
import { LIMITS } from '../protocol/limits.ts'
import { parseUsername, roomPath } from '../protocol/names.ts'
import type { Invitation } from '../protocol/server-frames.ts'
import { PROTOCOL_VERSION } from '../protocol/version.ts'
import { firstRole } from './access.ts'
import { rosterEvent } from './ambient.ts'
import type { Connection } from './connection.ts'
import type { Person } from './facts.ts'
import { Log } from './log.ts'
import { nameKey } from './lookalike.ts'
import { isThisRoom, type RoomState, refuse, type Scope } from './state.ts'
import { utf8Length } from './text.ts'
import { encode, pack } from './turn.ts'

/**
 * Someone enters. Reading the log and starting to hear it is one synchronous step, taken before any change of the
 * same turn: what comes next for this socket follows exactly on what it is sent here.
 */
export function join(state: RoomState, scope: Scope, from: Connection, data: ClientData<'userJoin'>): void {
  if (!isThisRoom(state, data.room)) return refuse(scope, from, 'bad-data', { detail: 'room' })
  if (data.version !== undefined && data.version !== PROTOCOL_VERSION)
    return refuse(scope, from, 'version-unsupported')
  const known = state.store.person(from.by)
  if (data.watch && known === undefined) return refuse(scope, from, 'forbidden')
  const username = data.watch && known ? known.username : parseUsername(data.username)
  if (username === undefined) return refuse(scope, from, 'name-invalid')
  if (!data.watch && isTaken(state, from.by, username, scope.now)) return refuse(scope, from, 'name-taken')

  const log = state.log ?? begin(state, scope.now)
  const person = data.watch && known ? known : remember(state, scope, from, username, known)
  if (known && known.username !== username && state.presence.isListed(from.by))
    tellRename(state, scope, person)
  Object.assign(from, {
    joined: true,
    watch: data.watch === true,
    username,
    joinedAs: username,
    role: person.role,
  })
  scope.turn.touch(from)
  if (!from.watch) {
    const first = state.presence.arrive(from)
    if (first) {
      const { by } = from
      state.ambient.tell(scope.now, encode('userJoin', { username, room: state.options.room, by }), by)
      state.ambient.rosterChanged(scope.now)
    }
  }
  if (from.watch) state.watchers.enter(from, log.facts.seq)
  welcome(state, scope, { from, log, person, after: data.after, epoch: data.epoch })
  const { access } = log.facts
  if (access.kind === 'private' && access.waiting.includes(from.session)) {
    scope.errands.push({ kind: 'tellVisit', home: access.home, session: from.session })
  }
}

/** Takes another name. */
export function rename(
  state: RoomState,
  scope: Scope,
  from: Connection,
  data: ClientData<'userRename'>,
): void {
  if (!isThisRoom(state, data.room)) return refuse(scope, from, 'bad-data', { detail: 'room' })
  const username = parseUsername(data.username)
  if (username === undefined) return refuse(scope, from, 'name-invalid')
  if (isTaken(state, from.by, username, scope.now)) return refuse(scope, from, 'name-taken')
  const person = remember(state, scope, from, username, state.store.person(from.by))
  tellRename(state, scope, person)
}

interface Arrival {
  from: Connection
  log: Log
  person: Person
  after: number | undefined
  epoch: string | undefined
}

/** What a joiner is owed before anything else. */
function welcome(state: RoomState, scope: Scope, { from, log, person, after, epoch }: Arrival): void {
  const { facts } = log
  const missed = after === undefined || epoch === undefined ? undefined : log.replay(after, epoch)
  const { options, presence } = state
  const head = [
    encode('joined', {
      username: from.username,
      by: from.by,
      room: options.room,
      epoch: facts.epoch,
      seq: facts.seq,
      resumed: missed !== undefined,
      role: person.role,
      version: PROTOCOL_VERSION,
      limits: {
        frameBytes: LIMITS.frameBytes,
        bodyLength: LIMITS.bodyLength,
        usernameLength: LIMITS.usernameLength,
        topicLength: LIMITS.topicLength,
        historyPageMax: LIMITS.historyPageMax,
        rateBurst: options.rate.burst,
        ratePerSecond: options.rate.perSecond,
      },
      access: facts.access.kind,
      topic: facts.topic,
    }),
    encode('activeUsers', presence.names()),
    ...(presence.count > LIMITS.rosterSample ? [rosterEvent(presence.count, () => [])] : []),
  ]
  if (missed === undefined) head.push(`{"event":"msgHistory","data":${log.newestPage()}}`)
  const waiting = state.store
    .waiting(from.by)
    .map(({ room, inviter }) =>
      encode(
        'newRoom',
        invitation(from, { room, inviter, invited: from.username, created: false, joined: false }),
      ),
    )
  const frames = pack([...head, ...(missed ?? []), ...waiting])
  from.flow.allowance = frames.reduce((sum, frame) => sum + utf8Length(frame), 0)
  scope.turn.first(from, frames)
}

/** An invitation as `to` is told of it: the link is one that works where they are. */
export function invitation(
  to: Connection,
  of: { room: string; inviter: string; invited: string; created: boolean; joined: boolean },
): Invitation {
  const { room, inviter, invited, created, joined } = of
  return { username: inviter, username2: invited, room, url: to.origin + roomPath(room), created, joined }
}

/** Whether another person holds this name here, or one that looks like it. */
function isTaken(state: RoomState, by: string, username: string, now: number): boolean {
  return state.store
    .named(nameKey(username))
    .some(
      (person) =>
        person.by !== by && (state.presence.has(person.by) || now - person.seen < LIMITS.nameHeldMs),
    )
}

/** The first join of a room that whoever has its name may begin. */
function begin(state: RoomState, now: number): Log {
  const facts = {
    epoch: state.options.newId(),
    seq: 0,
    time: now,
    floor: 0,
    topic: '',
    access: { kind: 'open' },
  } as const
  state.store.begin(facts)
  state.log = new Log(state.store, facts)
  return state.log
}

/** Keeps who this is. Someone known, under the name they had, costs no row but one a day. */
function remember(
  state: RoomState,
  scope: Scope,
  from: Connection,
  username: string,
  known: Person | undefined,
): Person {
  const fresh = known && known.username === username && scope.now - known.seen < LIMITS.seenEveryMs
  if (fresh) return known
  const role = known?.role ?? (state.log ? firstRole(state.log.facts.access, from.session) : 'member')
  const { by, session } = from
  const person = { by, session, username, nameKey: nameKey(username), role, seen: scope.now }
  state.store.savePerson(person)
  return person
}

/** Someone who is here has another name from now on, in all their tabs. */
function tellRename(state: RoomState, scope: Scope, { by, username }: Person): void {
  for (const connection of state.connections) {
    if (connection.by !== by) continue
    connection.username = username
    scope.turn.touch(connection)
  }
  state.presence.rename(by, username)
  state.ambient.tell(scope.now, encode('userRename', { by, username, room: state.options.room }))
  state.ambient.rosterChanged(scope.now)
}
