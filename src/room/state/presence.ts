import { LIMITS } from '../../protocol/limits.ts'
import { isOver } from '../model/waits.ts'
import type { Connection } from './connection.ts'

interface Here {
  username: string
  tabs: number
  /** Their furthest read marker in any tab. */
  read: number
}

/** Who is here: people, not tabs. Hydrated from the sockets after each wake. */
export class Presence {
  readonly #here = new Map<string, Here>()
  /** People whose last tab closed, and when: within the grace period they still count as here. */
  readonly #leaving = new Map<string, number>()
  #lastLeftAt = 0
  /** People whose dead sockets were found, with their names, until everyone is told. */
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
    // Nobody was told yet that they had gone, so they have not been away.
    const wasHere = this.#vanished.delete(by)
    return here === undefined && !wasHere
  }

  /** One tab fewer. After the last, the person leaves once the grace period is over. */
  depart({ by }: Connection, now: number): void {
    const here = this.#here.get(by)
    if (here === undefined) return
    here.tabs -= 1
    if (here.tabs > 0) return
    this.#leaving.set(by, now)
    this.#lastLeftAt = now
  }

  /** Moves a read marker on. */
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

  /** One tab fewer, whose socket died long ago: there is no grace period. */
  vanish({ by }: Connection): void {
    const here = this.#here.get(by)
    if (here === undefined) return
    here.tabs -= 1
    if (here.tabs === 0) this.remove(by)
  }

  /** Someone is gone at once, with all their tabs. */
  remove(by: string): void {
    const here = this.#here.get(by)
    if (here === undefined) return
    this.#here.delete(by)
    this.#leaving.delete(by)
    this.#vanished.set(by, here.username)
  }

  /** Removes the people whose grace period is over, and answers them and those who vanished. */
  expire(now: number): { by: string; username: string }[] {
    if (this.#leaving.size === 0 && this.#vanished.size === 0) return []
    const gone = [...this.#vanished].map(([by, username]) => ({ by, username }))
    this.#vanished.clear()
    const graceMs = this.#graceMs
    for (const [by, leftAt] of this.#leaving) {
      if (!isOver(leftAt + graceMs, now, graceMs)) break
      gone.push({ by, username: this.#here.get(by)?.username ?? '' })
      this.#leaving.delete(by)
      this.#here.delete(by)
    }
    return gone
  }

  /** When the next grace period is over. */
  nextExpiry(): number | undefined {
    for (const leftAt of this.#leaving.values()) return leftAt + this.#graceMs
    return undefined
  }

  /** When all of them are over. */
  lastExpiry(): number | undefined {
    return this.#leaving.size === 0 ? undefined : this.#lastLeftAt + this.#graceMs
  }

  has(by: string): boolean {
    return this.#here.has(by)
  }

  /** Whether others still see them here, also where they vanished and nobody was told yet. */
  isListed(by: string): boolean {
    return this.#here.has(by) || this.#vanished.has(by)
  }

  /** Where nobody stays who would be told of a leave, there is no grace period: a room that everyone has left sleeps. */
  get #graceMs(): number {
    return this.#leaving.size === this.#here.size ? 0 : LIMITS.leaveGraceMs
  }

  get count(): number {
    return this.#here.size
  }

  /** The names of the people here, a sample where they are many. */
  names(): string[] {
    const names: string[] = []
    for (const { username } of this.#here.values()) {
      if (names.length === LIMITS.rosterSample) break
      names.push(username)
    }
    return names
  }
}

/** Whether this connection lists its person and gets every event at once. */
export function isPresent(connection: Connection): boolean {
  return connection.joined && !connection.watch
}
