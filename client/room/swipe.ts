/** How near to the edge of the window a swipe begins. */
const EDGE_PX = 32
/** What a finger moves before it is known where it goes. */
const SURE_PX = 10
/** So far it goes before what was begun is done. */
const FAR_PX = 96

export interface Point {
  x: number
  y: number
}

/** Where a finger begins, from the leading edge: the left one, or the right one where the page runs from there. */
export function beginsAtEdge({ x }: Point, width: number, isRtl: boolean): boolean {
  return (isRtl ? width - x : x) <= EDGE_PX
}

/** What a finger is about that began at the edge: to swipe, something else, or not known yet. */
export function kindOfMove(from: Point, to: Point, isRtl: boolean): 'swipe' | 'other' | 'unsure' {
  const along = wayOf(from, to, isRtl)
  const across = Math.abs(to.y - from.y)
  if (Math.max(Math.abs(along), across) < SURE_PX) return 'unsure'
  return along > across ? 'swipe' : 'other'
}

/** How far it has come, away from the edge. */
export function wayOf(from: Point, to: Point, isRtl: boolean): number {
  return isRtl ? from.x - to.x : to.x - from.x
}

export function isFar(way: number): boolean {
  return way >= FAR_PX
}
