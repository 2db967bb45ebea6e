import { MemoryOutbox } from '../../client/session/index.ts'
import type { Diary } from './send-record.ts'

/** How a browser keeps what is typed: how long that takes at most, in ms, and whether tabs can lock each other out. */
export interface Keeping {
  readonly latency: number
  readonly locks: boolean
}

/** Someone in the room, with the browser whose tabs share one outbox. */
export interface SimulatedPerson {
  readonly by: string
  /** The name their tabs open with. */
  username: string
  readonly storage: Keeping
  /** How far their clock is off, in ms. */
  readonly skew: number
  readonly outbox: MemoryOutbox
  readonly diary: Diary
}

export function newPerson(who: Omit<SimulatedPerson, 'outbox'>): SimulatedPerson {
  return { ...who, outbox: new MemoryOutbox() }
}
