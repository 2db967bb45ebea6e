import type { PrivateMember } from '../model/room-record.ts'
import { isPresent } from '../state/presence.ts'
import type { RoomState, Scope } from '../state/state.ts'
import { beginRoom } from './begin-room.ts'

/** A private room as the room it is made from asks for it. */
export interface PairRequest {
  /** The room it is made from. */
  home: string
  members: readonly PrivateMember[]
  /** Hash of the session of the person who was invited. */
  invited: string
}

/** Begins this private room, once, and waits for the invited person unless they are in it. */
export function openPair(
  state: RoomState,
  scope: Scope,
  { home, members, invited }: PairRequest,
): { joined: boolean } {
  const log = state.log ?? beginRoom(state, { kind: 'private', home, members, waiting: [invited] }, scope.now)
  const joined = [...state.connections].some(
    (connection) => connection.session === invited && isPresent(connection),
  )
  const { access } = log.record
  if (access.kind === 'private' && !joined && !access.waiting.includes(invited))
    log.save({ access: { ...access, waiting: [...access.waiting, invited] } })
  return { joined }
}

/** The room this private room was made from knows that the invited person has come. */
export function stopWaiting({ log }: RoomState, session: string): void {
  const access = log?.record.access
  if (log === undefined || access?.kind !== 'private') return
  log.save({ access: { ...access, waiting: access.waiting.filter((other) => other !== session) } })
}
