import type { OutboxEntry, OutboxFrame } from '../../client/session/index.ts'
import { holds } from '../../tools/delivery/invariants.ts'
import type { FrameChecks } from './frame-checks.ts'
import type { ReferenceLog } from './reference-log.ts'

export interface Typed {
  readonly by: string
  readonly id: string
  readonly tab: string
  readonly event: OutboxFrame['event']
  /** Whether the outbox has confirmed it: from then on it must not be lost. */
  isStored: boolean
  /** Whether the person discarded it, or sent it again under another id. */
  isDiscarded: boolean
}

/** Every change that one person typed. None may leave the outbox without a reason. */
export class SendRecord {
  readonly typed = new Map<string, Typed>()
  readonly #by: string
  readonly #reference: ReferenceLog
  readonly #frameChecks: FrameChecks

  constructor(by: string, reference: ReferenceLog, frameChecks: FrameChecks) {
    this.#by = by
    this.#reference = reference
    this.#frameChecks = frameChecks
  }

  note(id: string, tab: string, event: OutboxFrame['event']): Typed {
    const typed = { by: this.#by, id, tab, event, isStored: false, isDiscarded: false }
    this.typed.set(id, typed)
    return typed
  }

  /** Checks an entry that leaves the outbox: it was stored, discarded, or refused and of a kind that is not retried. */
  removed({ id, frame }: OutboxEntry): void {
    if (this.#reference.everStored.has(`${this.#by} ${id}`) || this.typed.get(id)?.isDiscarded) return
    const isNotRetried = frame.event === 'react' || frame.event === 'setTopic'
    const isRefused = isNotRetried && this.#frameChecks.hasRefused(this.#by, id)
    holds('kept', isRefused, () => `${this.#by} ${id} left the outbox, but was never stored`)
  }

  /** Whether a change that the outbox confirmed is in a log, still waits, or left the outbox with a reason. */
  isAccounted(typed: Typed, waiting: ReadonlySet<string>): boolean {
    const key = `${this.#by} ${typed.id}`
    if (!typed.isStored || typed.isDiscarded) return true
    return (
      this.#reference.everStored.has(key) ||
      waiting.has(typed.id) ||
      this.#frameChecks.hasRefused(this.#by, typed.id)
    )
  }

  /** The ids of what one tab said, in the order of typing. Deletions may pass what slow mode holds up. */
  ids(tab: string): string[] {
    return [...this.typed.values()].flatMap(({ tab: of, event, id }) =>
      of === tab && event !== 'deleteChat' ? [id] : [],
    )
  }
}
