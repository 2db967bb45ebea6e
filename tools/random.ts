/** Random numbers from a seed: the same seed gives the same numbers. */
export class Random {
  #state: number

  constructor(seed: number) {
    // Mixed, so that neighbouring seeds give unrelated numbers.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(seed + 0x7f4a7c15, 0xc2b2ae35)
  }

  /** 0 <= n < 1 (mulberry32). */
  next = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from 0 up to `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  /** As likely between 1 and 10 as between 10 and 100. */
  spread(low: number, high: number): number {
    return Math.round(low * (high / low) ** this.next())
  }

  chance(likelihood: number): boolean {
    return this.next() < likelihood
  }

  pick<T>(items: readonly T[]): T {
    return at(items, this.next())
  }

  /** Picks from a list that may be empty. */
  pickAny<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)]
  }

  /** Picks a key by weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const keys = Object.keys(weights) as K[]
    let left = this.next() * keys.reduce((sum, key) => sum + weights[key], 0)
    for (const key of keys) {
      left -= weights[key]
      if (left < 0) return key
    }
    return at(keys, 0)
  }
}

/** The item at a fraction of the length of a list, which is not empty. */
export function at<T>(items: readonly T[], fraction: number): T {
  const item = items[Math.floor(fraction * items.length)]
  if (item === undefined) throw new Error('Nothing can be picked from an empty list')
  return item
}

/** A seed for a run that names none. */
export function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 32)
}
