import { LIMITS } from '../../protocol/limits.ts'
import type { Store } from '../model/store.ts'

/**
 * Finds a change that was already sent under the same id, without an index. Everything after `floor` is in memory. A
 * retry cannot have been stored at or before its `since`, so only the changes between are looked up.
 */
export class Deduplication {
  readonly #store: Store
  readonly #seqs = new Map<string, number>()
  #floor: number

  constructor(store: Store, newest: number) {
    this.#store = store
    this.#floor = newest
  }

  /** How many stored changes a look-up after `after` reads. */
  lookBack(after: number): number {
    return Math.max(0, this.#floor - after)
  }

  /** The seq under which this id was stored after `after`, if it was. */
  find(by: string, id: string, after: number): number | undefined {
    const known = this.#seqs.get(key(by, id))
    if (known !== undefined || after >= this.#floor) return known
    return this.#store.find({ by, id, after, upTo: this.#floor })?.entry.data.seq
  }

  /**
   * Loads the newest `most` changes after `after` that are not in memory, because each retry without `since` would read
   * them again. Answers whether all of them are in memory.
   */
  warm(after: number, most: number): boolean {
    const upTo = this.#floor
    if (after >= upTo) return true
    this.#floor = Math.max(after, upTo - most)
    for (const { by, id, seq } of this.#store.ids({ after: this.#floor, upTo }))
      this.#seqs.set(key(by, id), seq)
    return this.#floor === after
  }

  add(by: string, id: string, seq: number): void {
    this.#seqs.set(key(by, id), seq)
    if (this.#seqs.size > 2 * LIMITS.retryChanges) this.#forgetUpTo(seq - LIMITS.retryChanges)
  }

  #forgetUpTo(floor: number): void {
    for (const [entry, seq] of this.#seqs) if (seq <= floor) this.#seqs.delete(entry)
    this.#floor = Math.max(this.#floor, floor)
  }
}

function key(by: string, id: string): string {
  return `${by} ${id}`
}
