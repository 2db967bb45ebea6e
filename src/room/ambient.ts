import { LIMITS } from '../protocol/limits.ts'
import { encode, type Turn } from './turn.ts'

interface News {
  json: string
  /** The person it is about, who does not hear it. */
  except?: string
}

/**
 * What passes and is never stored: who comes, goes and types, and the roster. It waits a moment for company, so
 * that many arrivals are one frame; who comes and goes also rides along with whatever is sent before.
 */
export class Ambient {
  #news: News[] = []
  readonly #typing = new Map<string, string>()
  #due: number | undefined
  #rosterChanged = false
  #rosterAt = Number.NEGATIVE_INFINITY

  tell(now: number, json: string, except?: string): void {
    this.#news.push(except === undefined ? { json } : { json, except })
    this.#wait(now)
  }

  type(now: number, by: string, json: string): void {
    this.#typing.set(by, json)
    this.#wait(now)
  }

  /** Someone who has said what they were typing is not typing. */
  said(by: string): void {
    this.#typing.delete(by)
  }

  rosterChanged(now: number): void {
    this.#rosterChanged = true
    this.#wait(now)
  }

  nextDue(): number | undefined {
    if (this.#news.length > 0 || this.#typing.size > 0) return this.#due
    return this.#rosterChanged ? Math.max(this.#due ?? 0, this.#rosterAt + LIMITS.rosterGatherMs) : undefined
  }

  /** Puts into a turn whatever may go now. */
  ride(turn: Turn, now: number, roster: () => string): void {
    for (const { json, except } of this.#news) turn.share(json, except)
    this.#news = []
    if (this.#due === undefined || now < this.#due) return
    for (const [by, json] of this.#typing) turn.share(json, by)
    this.#typing.clear()
    if (this.#rosterChanged && now >= this.#rosterAt + LIMITS.rosterGatherMs) {
      turn.share(roster())
      this.#rosterChanged = false
      this.#rosterAt = now
    }
    if (!this.#rosterChanged) this.#due = undefined
  }

  #wait(now: number): void {
    this.#due ??= now + LIMITS.ambientGatherMs
  }
}

/** The roster as an event: the names of those here, or only how many where they are many. */
export function rosterEvent(count: number, names: () => string[]): string {
  return count > LIMITS.rosterSample ? encode('presence', { count }) : encode('activeUsers', names())
}
