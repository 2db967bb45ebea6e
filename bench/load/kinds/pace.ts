import type { Person, Target } from '../load-person.ts'
import type { Meter } from '../meter.ts'
import { seat } from '../seats.ts'
import { drain, type Figures, measure } from '../window.ts'

export interface Pace {
  kind: 'pace'
  people: number
  perSecond: number
  warmSeconds: number
  seconds: number
}

/** Everyone speaks in turn, at fixed times, even if the server falls behind. */
export async function pace(target: Target, load: Pace): Promise<Figures> {
  const { meter } = target
  const people = await seat(target, load)
  for (const person of people) person.onAcked = () => {}
  const stop = speakInTurn(people, load.perSecond, meter)
  const figures = await measure(meter, load)
  stop()
  const lost = await drain(meter, people, load.people)
  return { ...figures, lateness: meter.lateness.percentile(0.99), lost }
}

/** Timers are a millisecond coarse, so the last part of a wait does not use them. */
const CLOSE_MS = 2

/**
 * Each message has a due time, and its latency counts from then: a server that pauses pays for every message that was due
 * meanwhile. Returns a function that stops it.
 */
export function speakInTurn(people: readonly Person[], perSecond: number, meter: Meter): () => void {
  const started = performance.now()
  let turn = 0
  let isOver = false
  const next = () => {
    while (!isOver) {
      // A little uneven, so that it does not fall into step with a timer of the server.
      const due = started + ((turn + uneven(turn)) * 1000) / perSecond
      const wait = due - performance.now()
      if (wait > CLOSE_MS) return void setTimeout(next, wait - CLOSE_MS)
      if (wait > 0) return void setImmediate(next)
      people[turn % people.length]?.say(1, due)
      if (meter.sampling) meter.lateness.add(performance.now() - due)
      turn += 1
    }
  }
  next()
  return () => {
    isOver = true
  }
}

/** An offset from 0 to 0.5, the same for every server. */
function uneven(turn: number): number {
  return ((turn * 0.618_034) % 1) / 2
}
