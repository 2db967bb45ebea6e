/** Growth over a series of memory readings. */
export interface Growth {
  residentAtStart: number
  residentAtEnd: number
  growth: number
}

/**
 * Compares the last fifth with the second. During the first, bounded memory fills up: code is compiled, caches and the
 * deduplication of retries reach their size. Medians, because garbage collection comes at any time.
 */
export function growthOf(series: readonly number[]): Growth {
  const fifth = Math.floor(series.length / 5)
  const residentAtStart = middle(series.slice(fifth, 2 * fifth))
  const residentAtEnd = middle(series.slice(-fifth))
  return { residentAtStart, residentAtEnd, growth: residentAtEnd / residentAtStart }
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
