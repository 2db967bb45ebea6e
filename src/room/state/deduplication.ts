import { LIMITS } from '../../protocol/limits.ts'
import type { Store } from '../model/store.ts'

/**
 * Finds what was sent before under the same id, without an index: everything after `floor` is in memory, and what
 * a retry names as `since` cannot have been stored at or before it, so only what lies between is looked up.
 */
export class Deduplication {
  readonly #store: Store
  readonly #seqs = new Map<string, number>()
  #floor: number

  constructor(store: Store, newest: number) {
    this.#store = store
    this.#floor = newest
  }

  /** How many stored changes a look-up from `after` has to read. */
  cost(after: number): number {
    return Math.max(0, this.#floor - after)
  }

  /** The seq under which this id was stored after `after`, if it was. */
  find(by: string, id: string, after: number): number | undefined {
    const known = this.#seqs.get(key(by, id))
    if (known !== undefined || after >= this.#floor) return known
    return this.#store.find({ by, id, after, upTo: this.#floor })?.entry.data.seq
  }

  /** Brings everything after `after` into memory: what many retries without `since` would each read again. */
  warm(after: number): void {
    if (after >= this.#floor) return
    for (const { by, id, seq } of this.#store.ids(after)) this.#seqs.set(key(by, id), seq)
    this.#floor = after
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
