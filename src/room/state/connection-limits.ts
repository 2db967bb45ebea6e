import type { ErrorCode } from '../../protocol/error-rules.ts'
import type { Precedence, Visitor } from '../model/access.ts'
import { type RefusedAnswer, tooFast } from '../model/actions.ts'
import type { Rate } from '../model/token-bucket.ts'
import type { Connection } from './connection.ts'
import { RateLimiter } from './rate-limiter.ts'

/** The part of a room's places that newcomers cannot take. */
const KEPT_FOR_KNOWN = 0.1

export interface SocketLimits {
  /** Sockets of everyone, of one person, and of one address. */
  sockets: number
  personSockets: number
  networkSockets: number
}

/** A place for one more socket, perhaps that of another one, or why there is none. */
export type Place =
  | { kind: 'free' }
  | { kind: 'of'; connection: Connection }
  | { kind: 'none'; code: ErrorCode }

/** Counts sockets by person and by address, and limits how fast an address opens new ones. */
export class ConnectionLimits {
  #all = 0
  readonly #of = new Map<string, number>()
  /** The sockets that had not joined when they opened, the oldest first. */
  readonly #unjoined = new Set<Connection>()
  readonly #arrivals: RateLimiter

  constructor(arrivals: Rate, connections: Iterable<Connection>) {
    this.#arrivals = new RateLimiter(arrivals)
    for (const connection of connections) this.enter(connection)
  }

  enter(connection: Connection): void {
    const { by, network } = connection
    if (!connection.joined) this.#unjoined.add(connection)
    this.#all += 1
    this.#add(by, 1)
    if (network !== undefined) this.#add(network, 1)
  }

  leave(connection: Connection): void {
    const { by, network } = connection
    this.#unjoined.delete(connection)
    this.#all -= 1
    this.#add(by, -1)
    if (network !== undefined) this.#add(network, -1)
  }

  /**
   * The place for one more socket of someone. In a room without a free place, and for a network without one, a socket that
   * has not joined makes way, the oldest first. Some places are kept for people whom the room knows. Its moderators always
   * get in.
   */
  placeFor({ by, network }: Visitor, precedence: Precedence, limits: SocketLimits): Place {
    if (this.#count(by) >= limits.personSockets) return { kind: 'none', code: 'limit-reached' }
    const kept = precedence === 'newcomer' ? Math.floor(limits.sockets * KEPT_FOR_KNOWN) : 0
    const isNetworkFull = network !== undefined && this.#count(network) >= limits.networkSockets
    const isRoomFull = this.#all >= limits.sockets - kept
    if (!isNetworkFull && !isRoomFull) return { kind: 'free' }
    const connection = this.#oldestUnjoined(isNetworkFull ? network : undefined)
    if (connection !== undefined) return { kind: 'of', connection }
    if (precedence === 'moderator') return { kind: 'free' }
    return { kind: 'none', code: isRoomFull ? 'room-full' : 'limit-reached' }
  }

  #oldestUnjoined(network: string | undefined): Connection | undefined {
    for (const connection of this.#unjoined) {
      if (connection.joined) this.#unjoined.delete(connection)
      else if (network === undefined || connection.network === network) return connection
    }
    return undefined
  }

  /** Counts a new socket, and refuses it if its address opens them too fast. */
  connectsTooFast({ network }: Visitor, now: number): RefusedAnswer | undefined {
    return network === undefined ? undefined : tooFast(this.#arrivals.take(network, now))
  }

  #count(key: string): number {
    return this.#of.get(key) ?? 0
  }

  #add(key: string, change: number): void {
    const count = this.#count(key) + change
    if (count > 0) this.#of.set(key, count)
    else this.#of.delete(key)
  }
}
