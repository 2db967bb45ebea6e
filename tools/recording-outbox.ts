import { MemoryOutbox, type OutboxEntry } from '../client/session/index.ts'

type TypedEntry = Pick<OutboxEntry, 'id' | 'frame'>

/** An outbox that remembers all entries ever added, and which of them are neither stored, refused nor discarded. */
export class RecordingOutbox extends MemoryOutbox {
  readonly typed: TypedEntry[]
  readonly waiting = new Set<string>()

  /** Entries go into `typed`, in the order typed. */
  constructor(typed: TypedEntry[] = []) {
    super()
    this.typed = typed
  }

  override add(entry: Omit<OutboxEntry, 'order'>): Promise<OutboxEntry> {
    this.typed.push(entry)
    this.waiting.add(entry.id)
    return super.add(entry)
  }

  override update(entry: OutboxEntry): Promise<void> {
    if (entry.failed) this.waiting.delete(entry.id)
    return super.update(entry)
  }

  override remove(room: string, id: string): Promise<void> {
    this.waiting.delete(id)
    return super.remove(room, id)
  }
}
