import { deriveNetwork, derivePersonId } from '../../platform/identity/ids.ts'
import type { Visitor } from '../../room/model/access.ts'

/** The headers by which the Worker tells a room who asks for a socket. A client's own are removed before. */
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
}

/** A caller as one room knows them. */
export async function visitorOf({ session, network, payer }: Caller, room: string): Promise<Visitor> {
  const by = await derivePersonId(session, room)
  if (network === undefined) return { session, by }
  const visitor = { session, by, network: await deriveNetwork(network, room) }
  return payer === undefined ? visitor : { ...visitor, payer }
}
