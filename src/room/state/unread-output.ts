import type { ErrorCode } from '../../protocol/error-rules.ts'
import { LIMITS } from '../../protocol/limits.ts'
import type { Precedence } from '../model/access.ts'
import type { Connection } from './connection.ts'

/** How much more than the room's bound closed sockets may hold before known people are refused as well. */
const SHARE_OF_KNOWN = 1.5

/** What a socket that the room closed still holds. The platform drops it once the connection has ended. */
export interface Unread {
  readonly by: string
  readonly bytes: number
}

/** The output of closed sockets whose connections have not ended: nobody can take it back, so the room counts it. */
export class UnreadOutput {
  readonly #left = new Set<Unread>()
  readonly #of = new Map<string, number>()
  bytes = 0

  constructor(left: Iterable<Unread> = []) {
    for (const unread of left) this.#enter(unread)
  }

  of(by: string): number {
    return this.#of.get(by) ?? 0
  }

  /**
   * Why someone gets no further socket, if so. For newcomers the room is full first, and its moderators always get in.
   */
  refuses(by: string, precedence: Precedence): ErrorCode | undefined {
    if (precedence === 'moderator') return undefined
    if (this.of(by) >= LIMITS.personUnansweredBytes) return 'rate-limited'
    const most = LIMITS.roomUnansweredBytes * (precedence === 'known' ? SHARE_OF_KNOWN : 1)
    return this.bytes >= most ? 'room-full' : undefined
  }

  /** The room closes a connection. */
  closed(connection: Connection): Unread {
    const unread = unreadOf(connection)
    this.#enter(unread)
    return unread
  }

  /** The connection of a closed socket has ended. */
  ended(unread: Unread): void {
    if (this.#left.delete(unread)) this.#count(unread.by, -unread.bytes)
  }

  #enter(unread: Unread): void {
    this.#left.add(unread)
    this.#count(unread.by, unread.bytes)
  }

  #count(by: string, bytes: number): void {
    this.bytes += bytes
    const sum = this.of(by) + bytes
    if (sum > 0) this.#of.set(by, sum)
    else this.#of.delete(by)
  }
}

export function unreadOf({ by, flow }: Connection): Unread {
  return { by, bytes: flow.unanswered + LIMITS.closedSocketBytes }
}
