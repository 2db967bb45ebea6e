import { LIMITS } from '../protocol/limits.ts'
import type { Connection } from './connection.ts'

interface Heard {
  seq: number
  json: string
}

/** What those hear who only watch the room: changes, gathered for a few seconds. */
export class Watchers {
  #backlog: Heard[] = []
  #due: number | undefined
  /** Who came while the backlog was growing, and up to where they know the log. */
  readonly #entered = new Map<Connection, number>()

  enter(connection: Connection, seq: number): void {
    this.#entered.set(connection, seq)
  }

  tell(now: number, changes: readonly Heard[]): void {
    if (changes.length === 0) return
    this.#backlog.push(...changes)
    this.#due ??= now + LIMITS.watchGatherMs
  }

  nextDue(): number | undefined {
    return this.#due
  }

  /** The backlog if it is due: a function from a watcher to what is news to it. */
  take(now: number): ((to: Connection) => string[]) | undefined {
    if (this.#due === undefined || now < this.#due) return undefined
    const backlog = this.#backlog
    const entered = new Map(this.#entered)
    const all = backlog.map(({ json }) => json)
    this.#backlog = []
    this.#due = undefined
    this.#entered.clear()
    return (to) => {
      const known = entered.get(to)
      return known === undefined ? all : backlog.filter(({ seq }) => seq > known).map(({ json }) => json)
    }
  }
}
