import type { ErrorCode } from '../../protocol/errors.ts'
import type { Visitor } from '../model/access.ts'
import { type RefusedAnswer, tooFast } from '../model/actions.ts'
import type { Rate } from '../model/token-bucket.ts'
import type { Connection } from './connection.ts'
import { RateLimiter } from './rate-limiter.ts'

export interface SocketLimits {
  /** Sockets of everyone, of one person, and of one address. */
  sockets: number
  personSockets: number
  networkSockets: number
}

/** Counts sockets by person and by address, and limits how fast an address opens new ones. */
export class ConnectionLimits {
  #all = 0
  readonly #of = new Map<string, number>()
  readonly #arrivals: RateLimiter

  constructor(arrivals: Rate, connections: Iterable<Connection>) {
    this.#arrivals = new RateLimiter(arrivals)
    for (const connection of connections) this.enter(connection)
  }

  enter({ by, network }: Connection): void {
    this.#all += 1
    this.#add(by, 1)
    if (network !== undefined) this.#add(network, 1)
  }

  leave({ by, network }: Connection): void {
    this.#all -= 1
    this.#add(by, -1)
    if (network !== undefined) this.#add(network, -1)
  }

  /** Why someone may not open one more socket, if so. */
  refuses({ by, network }: Visitor, limits: SocketLimits): ErrorCode | undefined {
    if (this.#all >= limits.sockets) return 'room-full'
    if (this.#count(by) >= limits.personSockets) return 'limit-reached'
    if (network !== undefined && this.#count(network) >= limits.networkSockets) return 'limit-reached'
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
