import { LIMITS } from '../../protocol/limits.ts'
import type { Connection } from './connection.ts'
import { encode, type Outgoing } from './outgoing.ts'

/**
 * What passes and is never stored: who comes, goes and types, and the roster. It waits a moment for company, so that
 * many arrivals are one frame; who comes and goes also rides along with a change, which everyone hears of anyway.
 * Nothing else takes it along: a join that told everyone of the last one would cost more the more people are here.
 */
export class EphemeralEvents {
  #news: string[] = []
  /** In characters. */
  #newsSize = 0
  /** How much of the news is older than a connection, which saw how things were as it came. */
  readonly #known = new Map<Connection, number>()
  readonly #typing = new Map<string, string>()
  /** When the news and the typing are told, while there are any; and the roster, which waits longer. */
  #due: number | undefined
  #rosterDue: number | undefined
  #rosterAt = Number.NEGATIVE_INFINITY
  readonly #people: () => number

  /** `people` tells how many hear it: where they are many it waits as long as the roster. */
  constructor(people: () => number) {
    this.#people = people
  }

  tell(now: number, json: string): void {
    this.#news.push(json)
    this.#newsSize += json.length
    this.#wait(now)
  }

  /** Someone has come in: what waits to be told, of themselves too, is no news to this connection. */
  enter(connection: Connection): void {
    if (this.#news.length > 0) this.#known.set(connection, this.#news.length)
  }

  /** Someone has left. They had their grace already: among many this waits no longer than among few. */
  left(now: number, json: string): void {
    this.#news.push(json)
    this.#due = Math.min(this.#due ?? Number.POSITIVE_INFINITY, now + LIMITS.ephemeralGatherMs)
  }

  type(now: number, by: string, json: string): void {
    this.#typing.set(by, json)
    this.#wait(now)
  }

  /** Someone who has said what they were typing is not typing. */
  said(by: string): void {
    this.#typing.delete(by)
    this.#rest()
  }

  rosterChanged(now: number): void {
    this.#rosterDue ??= Math.max(now + LIMITS.ephemeralGatherMs, this.#rosterAt + LIMITS.rosterGatherMs)
  }

  nextDue(): number | undefined {
    if (this.#due === undefined || this.#rosterDue === undefined) return this.#due ?? this.#rosterDue
    return Math.min(this.#due, this.#rosterDue)
  }

  /** Puts into a turn whatever may go now. `hasChanges` tells whether everyone hears of something anyway. */
  ride(outgoing: Outgoing, now: number, hasChanges: boolean, roster: () => string): void {
    const isDue = now >= (this.nextDue() ?? Number.POSITIVE_INFINITY)
    if (!isDue && !hasChanges) return
    for (const json of this.#news) outgoing.share(json)
    for (const [connection, known] of this.#known) outgoing.skip(connection, known)
    this.#news = []
    this.#newsSize = 0
    this.#known.clear()
    if (isDue) {
      for (const [by, json] of this.#typing) outgoing.share(json, by)
      this.#typing.clear()
    }
    this.#rest()
    if (this.#rosterDue === undefined || now < this.#rosterDue) return
    outgoing.share(roster())
    this.#rosterDue = undefined
    this.#rosterAt = now
  }

  #wait(now: number): void {
    const people = this.#people()
    const isSlow = people > LIMITS.rosterSample && this.#newsSize * people < LIMITS.newsBytes
    const due = now + (isSlow ? LIMITS.rosterGatherMs : LIMITS.ephemeralGatherMs)
    this.#due = Math.min(this.#due ?? due, due)
  }

  #rest(): void {
    if (this.#news.length === 0 && this.#typing.size === 0) this.#due = undefined
  }
}

/** The roster as an event: the names of those here, or only how many where they are many. */
export function rosterEvent(count: number, names: () => string[]): string {
  return count > LIMITS.rosterSample ? encode('presence', { count }) : encode('activeUsers', names())
}
