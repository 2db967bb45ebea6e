import { LIMITS } from '../../protocol/limits.ts'
import { isOver, notBefore } from '../model/waits.ts'
import type { Connection } from './connection.ts'

interface Heard {
  seq: number
  json: string
}

/**
 * Connections that only watch the room. The first change after a while goes to them at once, so that it sets no timer;
 * what follows is gathered.
 */
export class Watchers {
  /** Each watcher, and the `seq` up to which its welcome told it the log. */
  readonly #entered = new Map<Connection, number>()
  #backlog: Heard[] = []
  #due: number | undefined
  #sentAt = Number.NEGATIVE_INFINITY

  constructor(connections: Iterable<Connection>) {
    for (const connection of connections)
      if (connection.watch && connection.catchUp === undefined) this.#entered.set(connection, 0)
  }

  enter(connection: Connection, seq: number): void {
    this.#entered.set(connection, seq)
  }

  leave(connection: Connection): void {
    this.#entered.delete(connection)
  }

  tell(now: number, changes: readonly Heard[]): void {
    if (this.#entered.size === 0 || changes.length === 0) return
    this.#backlog.push(...changes)
    this.#due ??= notBefore(this.#sentAt, LIMITS.watchGatherMs, now)
  }

  /** Replaces changes whose texts are erased by what `today` answers for each. */
  forget(erased: ReadonlySet<number>, today: (seq: number) => string): void {
    for (const heard of this.#backlog) if (erased.has(heard.seq)) heard.json = today(heard.seq)
  }

  nextDue(): number | undefined {
    return this.#due
  }

  /** The changes that are new to each watcher, once they are due. */
  take(now: number): [Connection, string[]][] {
    if (this.#due === undefined || !isOver(this.#due, now, LIMITS.watchGatherMs)) return []
    const backlog = this.#backlog
    this.#backlog = []
    this.#due = undefined
    this.#sentAt = now
    return [...this.#entered].map(([to, known]) => [
      to,
      backlog.filter(({ seq }) => seq > known).map(({ json }) => json),
    ])
  }
}
