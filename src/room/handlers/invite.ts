import type { ClientData } from '../../protocol/client-frames.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { parseUsername } from '../../protocol/names.ts'
import { skeletonOf } from '../model/confusable-names.ts'
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
  if (invited.by === from.by) return refuse(scope, from, 'bad-data', { detail: 'username2 is oneself' })
  const paired = state.store.pair(from.by, invited.by)
  // Who is away would never hear of it.
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

/** Whether an invitation to that room has a place among those that wait for someone, or stands there already. */
function canWait({ store }: RoomState, invited: string, room: string | undefined): boolean {
  const waiting = store.waiting(invited)
  return waiting.length < LIMITS.invitationsWaiting || waiting.some((one) => one.room === room)
}

/** In a room for two, asking for the other gives the room one is in: they may not have been here yet. */
function giveThis(state: RoomState, scope: Scope, { from, data, access }: AskInside): void {
  const wanted = skeletonOf(data.username2)
  if (wanted === skeletonOf(from.username))
    return refuse(scope, from, 'bad-data', { detail: 'username2 is oneself' })
  const other = access.members.find(({ session }) => session !== from.session)
  const here = [...state.connections].find((to) => to.session === other?.session && isPresent(to))
  const invited = personNamed(state, data.username2)?.username ?? other?.username
  if (invited === undefined || skeletonOf(invited) !== wanted) {
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

/** The private room is there: the asker hears of it, and the invited too unless they are in it. */
export function tellPrivateRoom(
  state: RoomState,
  scope: Scope,
  call: Extract<RoomCall, { kind: 'openPair' }>,
  joined: boolean,
): void {
  const { asker, inviter, invited, room, created } = call
  const told = { room, inviter: inviter.username, invited: invited.username, created, joined }
  if (state.connections.has(asker)) scope.outgoing.answer(asker, 'newRoom', invitation(asker, told))
  // Whoever blocked the asker hears nothing of it, and the asker nothing of that.
  if (joined || state.store.moderation.hasBlocked(invited.by, inviter.by)) return
  if (canWait(state, invited.by, room)) state.store.invite(invited.by, { room, inviter: inviter.username })
  for (const to of state.connections) {
    // Also where they only watch: an invitation is news in the background too.
    if (to.by === invited.by && to.joined) scope.outgoing.answer(to, 'newRoom', invitation(to, told))
  }
}

/** The invited puts the invitation away. */
export function dismissRoomInvitation(
  state: RoomState,
  scope: Scope,
  from: Connection,
  data: ClientData<'dismissRoom'>,
): void {
  if (!isThisRoom(state, data.room)) return refuse(scope, from, 'bad-data', { detail: 'room' })
  state.store.uninvite(from.by, data.invite)
}

/** Who is meant by a name: whoever bears it exactly before a look-alike, and whoever is here before the absent. */
function personNamed(state: RoomState, name: string): PersonRecord | undefined {
  const username = parseUsername(name)
  if (username === undefined) return undefined
  const rank = (person: PersonRecord) =>
    (person.username === username ? 2 : 0) + (state.presence.has(person.by) ? 1 : 0)
  return state.store.named(skeletonOf(username)).sort((a, b) => rank(b) - rank(a) || b.seen - a.seen)[0]
}
