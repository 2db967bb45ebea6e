import { LIMITS } from '../protocol/limits.ts'
import type { Connection } from './connection.ts'

interface Here {
  username: string
  tabs: number
}

/** Who is here: persons, not tabs. Made anew from the sockets after each wake. */
export class Presence {
  readonly #here = new Map<string, Here>()
  /** Whose last tab went, and when: within the grace they still count as here. */
  readonly #leaving = new Map<string, number>()

  constructor(connections: Iterable<Connection>) {
    for (const connection of connections) if (isPresent(connection)) this.arrive(connection)
  }

  /** Answers whether the person was not here before. */
  arrive({ by, username }: Connection): boolean {
    this.#leaving.delete(by)
    const here = this.#here.get(by)
    if (here) here.tabs += 1
    else this.#here.set(by, { username, tabs: 1 })
    return here === undefined
  }

  /** One tab fewer; with the last the person has left, once the grace is over. */
  depart({ by }: Connection, now: number): void {
    const here = this.#here.get(by)
    if (here === undefined) return
    here.tabs -= 1
    if (here.tabs <= 0) this.#leaving.set(by, now)
  }

  rename(by: string, username: string): void {
    const here = this.#here.get(by)
    if (here) here.username = username
  }

  /** One tab fewer that has been gone for long: there is no grace. */
  vanish(connection: Connection): void {
    this.depart(connection, Number.NEGATIVE_INFINITY)
  }

  /** Takes out everyone whose grace is over, and tells who they were. */
  expire(now: number): { by: string; username: string }[] {
    const gone: { by: string; username: string }[] = []
    for (const [by, leftAt] of this.#leaving) {
      if (now < leftAt + LIMITS.leaveGraceMs) continue
      gone.push({ by, username: this.#here.get(by)?.username ?? '' })
      this.#leaving.delete(by)
      this.#here.delete(by)
    }
    return gone
  }

  /** When the next grace is over. */
  nextExpiry(): number | undefined {
    if (this.#leaving.size === 0) return undefined
    return Math.min(...this.#leaving.values()) + LIMITS.leaveGraceMs
  }

  has(by: string): boolean {
    return this.#here.has(by)
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
