import type { OutboxEntry, OutboxFrame } from '../../client/session/index.ts'
import { holds } from '../../tools/delivery/invariants.ts'
import type { Ledger } from './reference-log.ts'
import type { Witness } from './frame-checks.ts'

export interface Typed {
  readonly by: string
  readonly id: string
  readonly tab: string
  readonly event: OutboxFrame['event']
  /** Whether the tab was told that the storage has it: from then on nothing may lose it. */
  isStored: boolean
  /** Whether the person took it back, or sent it again under another id. */
  isTakenBack: boolean
}

/** Everything one person typed, and that none of it leaves their outbox without a reason. */
export class Diary {
  readonly typed = new Map<string, Typed>()
  readonly #by: string
  readonly #ledger: Ledger
  readonly #witness: Witness

  constructor(by: string, ledger: Ledger, witness: Witness) {
    this.#by = by
    this.#ledger = ledger
    this.#witness = witness
  }

  note(id: string, tab: string, event: OutboxFrame['event']): Typed {
    const typed = { by: this.#by, id, tab, event, isStored: false, isTakenBack: false }
    this.typed.set(id, typed)
    return typed
  }

  /** It is taken out of the outbox: the room has it, the person does not want it, or it is nothing to try again. */
  removed({ id, frame }: OutboxEntry): void {
    if (this.#ledger.everStored.has(`${this.#by} ${id}`) || this.typed.get(id)?.isTakenBack) return
    const isNoticed = frame.event === 'react' || frame.event === 'setTopic'
    const isRefused = isNoticed && this.#witness.hasRefused(this.#by, id)
    holds('kept', isRefused, () => `${this.#by} ${id} left the outbox, and the room does not have it`)
  }

  /** At the end: what was stored here is in a log, still waits, or left the outbox with a reason. */
  isAccounted(typed: Typed, waiting: ReadonlySet<string>): boolean {
    const key = `${this.#by} ${typed.id}`
    if (!typed.isStored || typed.isTakenBack) return true
    return (
      this.#ledger.everStored.has(key) ||
      waiting.has(typed.id) ||
      this.#witness.hasRefused(this.#by, typed.id)
    )
  }

  /** What was typed in one tab, in that order. */
  ids(tab: string): string[] {
    return [...this.typed.values()].flatMap((typed) => (typed.tab === tab ? [typed.id] : []))
  }
}
