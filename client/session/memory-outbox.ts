import { Mutex } from './mutex.ts'
import { withStamp } from './stamp.ts'
import type { OutboxEntry, OutboxStore } from './types.ts'

/**
 * An outbox that lives as long as its process: for bots, for tests, and for pages without storage. Sessions that share
 * one behave as two tabs of a browser do: each sees what the other queues, and one sends at a time.
 */
export class MemoryOutbox implements OutboxStore {
  readonly #rooms = new Map<string, Map<string, OutboxEntry>>()
  readonly #listeners = new Map<string, Set<() => void>>()
  readonly #mutex = new Mutex()
  #order = 0

  async list(room: string): Promise<OutboxEntry[]> {
    return [...(this.#rooms.get(room)?.values() ?? [])]
  }

  async add(entry: Omit<OutboxEntry, 'order'>): Promise<OutboxEntry> {
    this.#order += 1
    const stored = { ...entry, order: this.#order }
    const entries = this.#rooms.get(entry.room) ?? new Map<string, OutboxEntry>()
    this.#rooms.set(entry.room, entries.set(entry.id, stored))
    this.#notify(entry.room)
    return stored
  }

  async update(entry: OutboxEntry): Promise<void> {
    const entries = this.#rooms.get(entry.room)
    if (!entries?.has(entry.id)) return
    entries.set(entry.id, entry)
    this.#notify(entry.room)
  }

  async stamp(
    room: string,
    id: string,
    at: { since: number; epoch: string },
  ): Promise<OutboxEntry | undefined> {
    const entry = this.#rooms.get(room)?.get(id)
    if (entry === undefined || entry.frame.data.since !== undefined) return entry
    const stamped = withStamp(entry, at)
    await this.update(stamped)
    return stamped
  }

  async remove(room: string, id: string): Promise<void> {
    if (this.#rooms.get(room)?.delete(id)) this.#notify(room)
  }

  subscribe(room: string, changed: () => void): () => void {
    const listeners = this.#listeners.get(room) ?? new Set()
    this.#listeners.set(room, listeners.add(changed))
    return () => listeners.delete(changed)
  }

  exclusively(room: string, drain: () => Promise<void>, signal: AbortSignal): Promise<void> {
    return this.#mutex.run(room, drain, signal)
  }

  #notify(room: string): void {
    for (const changed of this.#listeners.get(room) ?? []) changed()
  }
}
