import { LIMITS } from '../../protocol/limits.ts'
import type { Connection } from './connection.ts'

interface Heard {
  seq: number
  json: string
}

/** Those who only watch the room, and what they are going to hear: changes, gathered for a few seconds. */
export class Watchers {
  /** Each watcher, and up to where it knows the log by what it was told as it entered. */
  readonly #entered = new Map<Connection, number>()
  #backlog: Heard[] = []
  #due: number | undefined

  constructor(connections: Iterable<Connection>) {
    for (const connection of connections) if (connection.watch) this.#entered.set(connection, 0)
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
    this.#due ??= now + LIMITS.watchGatherMs
  }

  /** These hold texts that are erased by now; `today` tells what is left of each. */
  forget(erased: ReadonlySet<number>, today: (seq: number) => string): void {
    for (const heard of this.#backlog) if (erased.has(heard.seq)) heard.json = today(heard.seq)
  }

  nextDue(): number | undefined {
    return this.#due
  }

  /** What is news to each watcher, if it is due. */
  take(now: number): [Connection, string[]][] {
    if (this.#due === undefined || now < this.#due) return []
    const backlog = this.#backlog
    this.#backlog = []
    this.#due = undefined
    return [...this.#entered].map(([to, known]) => [
      to,
      backlog.filter(({ seq }) => seq > known).map(({ json }) => json),
    ])
  }
}
