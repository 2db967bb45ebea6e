import { LIMITS } from '../../protocol/limits.ts'
import type { Connection } from './connection.ts'

interface Here {
  username: string
  tabs: number
  /** How far they have read, as they said in any of them. */
  read: number
}

/** Who is here: persons, not tabs. Made anew from the sockets after each wake. */
export class Presence {
  readonly #here = new Map<string, Here>()
  /** Whose last tab went, and when: within the grace they still count as here. */
  readonly #leaving = new Map<string, number>()
  /** Who had been gone for long when it was found out, and under which name. */
  readonly #vanished = new Map<string, string>()

  constructor(connections: Iterable<Connection>) {
    for (const connection of connections) if (isPresent(connection)) this.arrive(connection)
  }

  /** Answers whether the person was not here before. */
  arrive({ by, username, read = 0 }: Connection): boolean {
    this.#leaving.delete(by)
    const here = this.#here.get(by)
    if (here) here.tabs += 1
    else this.#here.set(by, { username, tabs: 1, read })
    this.read(by, read)
    // Someone of whom nobody heard yet that they were gone has not been away.
    const wasHere = this.#vanished.delete(by)
    return here === undefined && !wasHere
  }

  /** One tab fewer; with the last the person has left, once the grace is over. */
  depart({ by }: Connection, now: number): void {
    const here = this.#here.get(by)
    if (here === undefined) return
    here.tabs -= 1
    if (here.tabs <= 0) this.#leaving.set(by, now)
  }

  /** They have read so far. */
  read(by: string, seq: number): void {
    const here = this.#here.get(by)
    if (here) here.read = Math.max(here.read, seq)
  }

  readPlace(by: string): number {
    return this.#here.get(by)?.read ?? 0
  }

  rename(by: string, username: string): void {
    const here = this.#here.get(by)
    if (here) here.username = username
  }

  /** One tab fewer, which has been gone for long: there is no grace. */
  vanish({ by }: Connection): void {
    const here = this.#here.get(by)
    if (here === undefined) return
    here.tabs -= 1
    if (here.tabs > 0) return
    this.#here.delete(by)
    this.#vanished.set(by, here.username)
  }

  /** Takes out everyone whose grace is over, and tells who they were, and who has vanished. */
  expire(now: number): { by: string; username: string }[] {
    if (this.#leaving.size === 0 && this.#vanished.size === 0) return []
    const gone = [...this.#vanished].map(([by, username]) => ({ by, username }))
    this.#vanished.clear()
    for (const [by, leftAt] of this.#leaving) {
      if (now < leftAt + LIMITS.leaveGraceMs) break
      gone.push({ by, username: this.#here.get(by)?.username ?? '' })
      this.#leaving.delete(by)
      this.#here.delete(by)
    }
    return gone
  }

  /** When the next grace is over. */
  nextExpiry(): number | undefined {
    for (const leftAt of this.#leaving.values()) return leftAt + LIMITS.leaveGraceMs
    return undefined
  }

  has(by: string): boolean {
    return this.#here.has(by)
  }

  /** Whether others still see them here: also someone who has vanished, as long as nobody has heard of it. */
  isListed(by: string): boolean {
    return this.#here.has(by) || this.#vanished.has(by)
  }

  get count(): number {
    return this.#here.size
  }

  /** The names of those here, a sample where they are many. */
  names(): string[] {
    const names: string[] = []
    for (const { username } of this.#here.values()) {
      if (names.length === LIMITS.rosterSample) break
      names.push(username)
    }
    return names
  }
}

/** Whether someone is listed by this socket, and hears the room as it goes. */
export function isPresent(connection: Connection): boolean {
  return connection.joined && !connection.watch
}
