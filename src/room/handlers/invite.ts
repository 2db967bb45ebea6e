import type { ClientData } from '../../protocol/client-frames.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { parseUsername } from '../../protocol/username.ts'
import { isNewcomer } from '../model/access.ts'
import { areConfusable } from '../model/confusable-names.ts'
import type { Access, PersonRecord } from '../model/room-record.ts'
import type { Connection } from '../state/connection.ts'
import type { Log } from '../state/log.ts'
import { isPresent } from '../state/presence.ts'
import {
  isThisRoom,
  type RoomCall,
  type RoomState,
  refuse,
  type Scope,
  writesClosed,
} from '../state/state.ts'
import { chargeAppeal } from './charge-appeal.ts'
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
  if (invited.refusesStrangers && isStranger(state, from.by, invited.by))
    return refuse(scope, from, 'strangers-refused')
  const pair = pairKey(from.by, invited.by)
  const paired = state.openingPairs.get(pair) ?? state.store.pair(from.by, invited.by)
  // Someone who is away would never learn of it.
  const place = placeFor(state, scope.now, { room: paired, invited, inviter, network: from.network })
  if (place === undefined && !state.presence.has(invited.by))
    return refuse(scope, from, 'limit-reached', { detail: 'username2' })
  const verdict = chargeAppeal(state, from, scope.now)
  if (verdict.kind !== 'pass')
    return refuse(scope, from, 'rate-limited', verdict.kind === 'refuse' ? verdict : {})
  const room = paired ?? state.options.newRoomId()
  if (paired === undefined) state.openingPairs.set(pair, room)
  scope.roomCalls.push({
    kind: 'openPair',
    asker: from,
    inviter,
    invited,
    room,
    created: paired === undefined,
  })
}

function pairKey(...people: [string, string]): string {
  return people.sort().join(' ')
}

/** Whether two people have not met in private, and `other` has not invited this person either. */
function isStranger({ store }: RoomState, personId: string, other: string): boolean {
  return !store.haveMet(personId, other) && !store.waiting(personId).some((one) => one.inviterId === other)
}

interface Invited {
  /** The private room, if they have one already. */
  room: string | undefined
  inviter: PersonRecord
  invited: PersonRecord
  network: string | undefined
}

/**
 * Whether an invitation can wait for the invited person, and the room whose invitation makes way for it, if one must. One
 * address has a share of the places. Someone whom the room knows takes the place of a newcomer.
 */
function placeFor(
  { store }: RoomState,
  now: number,
  { room, inviter, invited, network }: Invited,
): { insteadOf?: string } | undefined {
  const waiting = store.waiting(invited.by)
  if (waiting.some((one) => one.room === room)) return {}
  const ofNetwork = network === undefined ? [] : waiting.filter((one) => one.network === network)
  if (ofNetwork.length >= LIMITS.invitationsOfNetwork) return undefined
  if (waiting.length < LIMITS.invitationsWaiting) return {}
  if (isNewcomer(inviter, now)) return undefined
  const ofNewcomer = waiting.find(({ inviterId }) => {
    const other = inviterId === undefined ? undefined : store.person(inviterId)
    return other !== undefined && isNewcomer(other, now)
  })
  return ofNewcomer && { insteadOf: ofNewcomer.room }
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
    inviterId: from.by,
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
  const told = {
    room,
    inviter: inviter.username,
    inviterId: inviter.by,
    invited: invited.username,
    created,
    joined,
  }
  const { store } = state
  scope.payers.add(asker)
  if (state.connections.has(asker)) scope.outgoing.answer(asker, 'newRoom', invitation(asker, told))
  // One of them may have been forgotten meanwhile.
  if (store.person(inviter.by) === undefined || store.person(invited.by) === undefined) return
  // A person who blocked the asker is not told, and the asker does not learn of the block.
  const isTold = !joined && !store.moderation.hasBlocked(invited.by, inviter.by)
  const { network } = asker
  const closed = writesClosed(state, scope.now)
  const place =
    isTold && !closed ? placeFor(state, scope.now, { room, inviter, invited, network }) : undefined
  // What cannot be stored stays in memory.
  if (!closed) state.openingPairs.delete(pairKey(inviter.by, invited.by))
  if (place?.insteadOf !== undefined) store.uninvite(invited.by, place.insteadOf)
  if (place)
    store.invite(invited.by, {
      room,
      inviter: inviter.username,
      inviterId: inviter.by,
      ...(network === undefined ? {} : { network }),
    })
  else if (!closed) store.savePair(inviter.by, invited.by, room)
  if (!isTold) return
  for (const to of state.connections) {
    // Tabs that only watch the room show invitations too.
    if (to.by === invited.by && to.joined) scope.outgoing.answer(to, 'newRoom', invitation(to, told))
  }
}

/** Someone has come to the private room they were invited to from here. */
export function meetInPrivate({ store }: RoomState, personId: string, room: string): void {
  const invitation = store.waiting(personId).find((one) => one.room === room)
  if (invitation === undefined) return
  if (invitation.inviterId !== undefined) store.saveMeeting(personId, invitation.inviterId, room)
  store.uninvite(personId, room)
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
