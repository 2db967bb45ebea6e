/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export type Random = () => number

export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from 0 up to `end`. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end)
}

export function oneOf<T>(random: Random, all: readonly T[]): T | undefined {
  return all[below(random, all.length)]
}

export function newSeed(): number {
  return below(Math.random, 2 ** 32)
}
