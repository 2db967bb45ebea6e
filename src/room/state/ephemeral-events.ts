import { LIMITS } from '../../protocol/limits.ts'
import { isOver, notBefore } from '../model/waits.ts'
import type { Connection } from './connection.ts'
import { encode, type Outgoing } from './outgoing.ts'
import type { Presence } from './presence.ts'

/**
 * Events that are never stored: joins, leaves, typing and the roster. They wait a moment, so that many joins are one
 * frame. Joins and leaves also go with a change, which everyone gets anyway. They go with nothing else: if each join sent
 * the one before it to everyone, its cost would grow with the people here.
 */
export class EphemeralEvents {
  #news: string[] = []
  /** In characters. */
  #newsSize = 0
  /** How much of the news each new connection already knows from its welcome. */
  readonly #known = new Map<Connection, number>()
  readonly #typing = new Map<string, string>()
  /** When pending news and typing are due; and the roster, which waits longer. */
  #due: number | undefined
  #rosterDue: number | undefined
  #rosterAt = Number.NEGATIVE_INFINITY
  readonly #people: () => number

  /** `people` answers how many receive the news: among many people it waits as long as the roster. */
  constructor(people: () => number) {
    this.#people = people
  }

  tell(now: number, json: string): void {
    this.#news.push(json)
    this.#newsSize += json.length
    this.#wait(now)
  }

  /** Someone has joined. Their welcome already told them every pending event, their own join included. */
  enter(connection: Connection): void {
    if (this.#news.length > 0) this.#known.set(connection, this.#news.length)
  }

  /** Someone has left. They had their grace period, so this never waits as long as the roster. */
  left(now: number, json: string): void {
    this.#news.push(json)
    this.#due = Math.min(this.#due ?? Number.POSITIVE_INFINITY, now + LIMITS.ephemeralGatherMs)
  }

  type(now: number, by: string, json: string): void {
    this.#typing.set(by, json)
    this.#wait(now)
  }

  /** Someone who has sent their message is no longer typing. */
  stopTyping(by: string): void {
    this.#typing.delete(by)
    this.#clearDue()
  }

  rosterChanged(now: number): void {
    this.#rosterDue ??= Math.max(
      now + LIMITS.ephemeralGatherMs,
      notBefore(this.#rosterAt, LIMITS.rosterGatherMs, now),
    )
  }

  nextDue(): number | undefined {
    if (this.#due === undefined || this.#rosterDue === undefined) return this.#due ?? this.#rosterDue
    return Math.min(this.#due, this.#rosterDue)
  }

  /** When nothing will be pending any more, if nothing is added. */
  lastDue(): number | undefined {
    if (this.#due === undefined || this.#rosterDue === undefined) return this.#due ?? this.#rosterDue
    return Math.max(this.#due, this.#rosterDue)
  }

  /** Nobody is left to tell. */
  forget(): void {
    this.#news = []
    this.#newsSize = 0
    this.#known.clear()
    this.#typing.clear()
    this.#due = undefined
    this.#rosterDue = undefined
  }

  /** Adds what is due to the turn's frames. `hasChanges` says whether everyone gets a frame anyway. */
  sendDue(outgoing: Outgoing, now: number, hasChanges: boolean, roster: () => string): void {
    const due = this.nextDue()
    const isDue = due !== undefined && isOver(due, now, LIMITS.rosterGatherMs)
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
    this.#clearDue()
    if (this.#rosterDue === undefined || !isOver(this.#rosterDue, now, LIMITS.rosterGatherMs)) return
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

  /** With nothing pending, nothing is due. */
  #clearDue(): void {
    if (this.#news.length === 0 && this.#typing.size === 0) this.#due = undefined
  }
}

/** The roster as an event: the names of everyone here, or only their number where they are many. */
export function rosterEvent(count: number, names: () => string[]): string {
  return count > LIMITS.rosterSample ? encode('presence', { count }) : encode('activeUsers', names())
}

/** The roster for someone new: a sample of the names, and the number where they are many. */
export function rosterEvents(presence: Pick<Presence, 'count' | 'names'>): string[] {
  const names = encode('activeUsers', presence.names())
  return presence.count > LIMITS.rosterSample ? [names, rosterEvent(presence.count, () => [])] : [names]
}
