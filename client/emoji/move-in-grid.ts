export interface GridPosition {
  x: number
  y: number
}

/** Where an arrow key leads in items that flow in lines: to an item, `above` all of them, or nowhere. */
export function moveInGrid(
  places: readonly GridPosition[],
  from: number,
  key: string,
): number | 'above' | undefined {
  const here = places[from]
  if (here === undefined) return undefined
  const within = (to: number) => (to >= 0 && to < places.length ? to : undefined)
  switch (key) {
    case 'ArrowRight':
      return within(from + 1)
    case 'ArrowLeft':
      return within(from - 1)
    case 'Home':
      return 0
    case 'End':
      return within(places.length - 1)
    case 'ArrowUp':
      return nearest(places, here, Math.max(...places.map(({ y }) => (y < here.y ? y : -1)))) ?? 'above'
    case 'ArrowDown':
      return nearest(places, here, Math.min(...places.map(({ y }) => (y > here.y ? y : Infinity))))
    default:
      return undefined
  }
}

function nearest(places: readonly GridPosition[], { x }: GridPosition, line: number): number | undefined {
  let best: number | undefined
  let distance = Infinity
  for (const [at, place] of places.entries()) {
    if (place.y !== line || Math.abs(place.x - x) >= distance) continue
    best = at
    distance = Math.abs(place.x - x)
  }
  return best
}
