import { deriveNetwork, derivePersonId } from '../../platform/identity/ids.ts'
import type { Visitor } from '../../room/model/access.ts'

/**
 * Grows when a call of the Worker on a room comes to mean something else. Before the first version there was none. A field
 * more or less needs no other version, and a new call none either: an older room does not know its name.
 */
export const CALL_VERSION = 1
const OTHER_VERSION = 'This call is of another version of Hallway'
const UNKNOWN_CALL = 'The RPC receiver does not implement'

/** The headers by which the Worker tells a room who asks for a socket. A client's own are removed before. */
export const VERSION_HEADER = 'x-hallway-version'
export const SESSION_HEADER = 'x-hallway-session'
export const NETWORK_HEADER = 'x-hallway-network'

/** Whose budget pays for a socket, and how many units it has paid; how many of them the room does not need. */
export const PAYER_HEADER = 'x-hallway-payer'
export const UNITS_HEADER = 'x-hallway-units'
export const UNSPENT_HEADER = 'x-hallway-unspent'

/** Who asks: the hash of a session token, and the network it comes from, where that is known. */
export interface Caller {
  session: string
  network?: string
  /** Whose budget pays for what the call leaves to do. */
  payer?: string
  version?: number | undefined
}

/** Throws if a call means something that this room may not understand: during a deploy it is soon replaced. */
export function checkVersion({ version = CALL_VERSION }: Caller): void {
  if (version !== CALL_VERSION) throw new Error(OTHER_VERSION)
}

/** Whether a call failed because the room is of another version. */
export function isOfOtherVersion(fault: unknown): boolean {
  return (
    fault instanceof Error && [OTHER_VERSION, UNKNOWN_CALL].some((words) => fault.message.startsWith(words))
  )
}

/** A caller as one room knows them. */
export async function visitorOf({ session, network, payer }: Caller, room: string): Promise<Visitor> {
  const by = await derivePersonId(session, room)
  if (network === undefined) return { session, by }
  const visitor = { session, by, network: await deriveNetwork(network, room) }
  return payer === undefined ? visitor : { ...visitor, payer }
}
