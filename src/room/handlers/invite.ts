import type { ClientData } from '../../protocol/client-frames.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { parseUsername } from '../../protocol/names.ts'
import { areConfusable } from '../model/confusable-names.ts'
import type { Access, PersonRecord } from '../model/room-record.ts'
import type { Connection } from '../state/connection.ts'
import type { Log } from '../state/log.ts'
import { isPresent } from '../state/presence.ts'
import { isThisRoom, type RoomCall, type RoomState, refuse, type Scope } from '../state/state.ts'
import { invitation } from './join.ts'

/** Someone asks for a private room with another person of this room. */
export function invite(state: RoomState, scope: Scope, { from, log, data }: Ask): void {
  const { access } = log.record
  if (access.kind === 'private') return giveThis(state, scope, { from, data, access })
  const inviter = state.store.person(from.by)
  const invited = personNamed(state, data.username2)
  if (inviter === undefined || invited === undefined)
    return refuse(scope, from, 'not-found', { detail: 'username2' })
  if (invited.by === from.by) return refuse(scope, from, 'bad-data', { detail: 'username2 is yourself' })
  const paired = state.store.pair(from.by, invited.by)
  // Someone who is away would never learn of it.
  if (!canWait(state, invited.by, paired) && !state.presence.has(invited.by))
    return refuse(scope, from, 'limit-reached', { detail: 'username2' })
  const verdict = state.appeals.take(from.by, scope.now)
  if (verdict.kind !== 'pass')
    return refuse(scope, from, 'rate-limited', verdict.kind === 'refuse' ? verdict : {})
  const room = paired ?? state.options.newRoomId()
  if (paired === undefined) state.store.savePair(from.by, invited.by, room)
  scope.roomCalls.push({
    kind: 'openPair',
    asker: from,
    inviter,
    invited,
    room,
    created: paired === undefined,
  })
}

/** Whether the invitation can be stored for someone, or already is. */
function canWait({ store }: RoomState, invited: string, room: string | undefined): boolean {
  const waiting = store.waiting(invited)
  return waiting.length < LIMITS.invitationsWaiting || waiting.some((one) => one.room === room)
}

/** In a private room, inviting the other member gives this very room: they may not have joined yet. */
function giveThis(state: RoomState, scope: Scope, { from, data, access }: AskInside): void {
  const wanted = parseUsername(data.username2)
  if (wanted === undefined) return refuse(scope, from, 'not-found', { detail: 'username2' })
  if (areConfusable(wanted, from.username))
    return refuse(scope, from, 'bad-data', { detail: 'username2 is yourself' })
  const other = access.members.find(({ session }) => session !== from.session)
  const here = [...state.connections].find((to) => to.session === other?.session && isPresent(to))
  const invited = personNamed(state, wanted)?.username ?? other?.username
  if (invited === undefined || !areConfusable(invited, wanted)) {
    return refuse(scope, from, 'not-found', { detail: 'username2' })
  }
  const told = {
    inviter: from.username,
    invited,
    room: state.options.room,
    created: false,
    joined: here !== undefined,
  }
  scope.outgoing.answer(from, 'newRoom', invitation(from, told))
}

interface AskInside {
  from: Connection
  data: ClientData<'newRoom'>
  access: Extract<Access, { kind: 'private' }>
}

interface Ask {
  from: Connection
  log: Log
  data: ClientData<'newRoom'>
}

/** The private room exists: tells the asker, and the invited person unless they are in it. */
export function tellPrivateRoom(
  state: RoomState,
  scope: Scope,
  call: Extract<RoomCall, { kind: 'openPair' }>,
  joined: boolean,
): void {
  const { asker, inviter, invited, room, created } = call
  const told = { room, inviter: inviter.username, invited: invited.username, created, joined }
  if (state.connections.has(asker)) scope.outgoing.answer(asker, 'newRoom', invitation(asker, told))
  // A person who blocked the asker is not told, and the asker does not learn of the block.
  if (joined || state.store.moderation.hasBlocked(invited.by, inviter.by)) return
  if (canWait(state, invited.by, room)) state.store.invite(invited.by, { room, inviter: inviter.username })
  for (const to of state.connections) {
    // Tabs that only watch the room show invitations too.
    if (to.by === invited.by && to.joined) scope.outgoing.answer(to, 'newRoom', invitation(to, told))
  }
}

/** The invited person dismisses the invitation. */
export function dismissRoomInvitation(
  state: RoomState,
  scope: Scope,
  from: Connection,
  data: ClientData<'dismissRoom'>,
): void {
  if (!isThisRoom(state, data.room)) return refuse(scope, from, 'bad-data', { detail: 'room' })
  state.store.uninvite(from.by, data.invite)
}

/** Whom a name means: an exact match before a confusable one, then people who are here before the absent. */
function personNamed(state: RoomState, name: string): PersonRecord | undefined {
  const username = parseUsername(name)
  if (username === undefined) return undefined
  const rank = (person: PersonRecord) =>
    (person.username === username ? 2 : 0) + (state.presence.has(person.by) ? 1 : 0)
  return state.store
    .named(username)
    .filter((person) => areConfusable(person.username, username))
    .sort((a, b) => rank(b) - rank(a) || b.seen - a.seen)[0]
}
