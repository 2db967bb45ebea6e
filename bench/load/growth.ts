/** What a series of memory readings says about growth. */
export interface Growth {
  residentAtStart: number
  residentAtEnd: number
  growth: number
}

/**
 * The last fifth against the second: in the first, what is bounded fills up (the code is compiled, caches and the
 * memory of retries reach their size). Middles, because the collector of garbage comes when it likes.
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
