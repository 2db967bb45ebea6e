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
  skew: number
  /** The storage is out of order: its calls wait until it is over, or are refused. */
  failing: { readonly how: 'refuses' | 'is late'; readonly over: Promise<void> } | undefined
  hasFailed: boolean
  readonly outbox: MemoryOutbox
  readonly sendRecord: SendRecord
}

export function newPerson(who: Omit<SimulatedPerson, 'outbox' | 'failing' | 'hasFailed'>): SimulatedPerson {
  return { ...who, failing: undefined, hasFailed: false, outbox: new MemoryOutbox() }
}
