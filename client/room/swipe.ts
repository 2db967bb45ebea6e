/** A swipe begins this near to the edge of the window. */
const EDGE_PX = 32
/** A finger's direction is clear after this way. */
const CLEAR_PX = 10
/** A swipe counts after this way. */
const DONE_PX = 96

export interface Point {
  x: number
  y: number
}

/** The leading edge is the left one, and the right one in languages written from there. */
export function beginsAtEdge({ x }: Point, width: number, isRtl: boolean): boolean {
  return (isRtl ? width - x : x) <= EDGE_PX
}

/** Whether a finger that began at the edge swipes, does something else, or has not moved far enough to tell. */
export function kindOfMove(from: Point, to: Point, isRtl: boolean): 'swipe' | 'other' | 'unsure' {
  const along = distanceOf(from, to, isRtl)
  const across = Math.abs(to.y - from.y)
  if (Math.max(Math.abs(along), across) < CLEAR_PX) return 'unsure'
  return along > across ? 'swipe' : 'other'
}

/** How far the finger has come from the edge. */
export function distanceOf(from: Point, to: Point, isRtl: boolean): number {
  return isRtl ? from.x - to.x : to.x - from.x
}

export function isComplete(distance: number): boolean {
  return distance >= DONE_PX
}
