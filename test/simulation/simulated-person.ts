import { MemoryOutbox } from '../../client/session/index.ts'
import type { SendRecord } from './send-record.ts'

/** A browser's storage: the most latency of a call, in ms, and whether it has locks across tabs. */
export interface BrowserStorage {
  readonly latency: number
  readonly locks: boolean
}

/** A person with one browser, whose tabs share one outbox. */
export interface SimulatedPerson {
  readonly by: string
  /** The name their tabs open with. */
  username: string
  readonly storage: BrowserStorage
  /** How far the device's clock is off, in ms. */
  readonly skew: number
  readonly outbox: MemoryOutbox
  readonly sendRecord: SendRecord
}

export function newPerson(who: Omit<SimulatedPerson, 'outbox'>): SimulatedPerson {
  return { ...who, outbox: new MemoryOutbox() }
}
