/**
 * Whether a wait is over that ends at `end` and was `longest` long at most. Where the end is further away than that, the
 * clock was set back meanwhile: nobody knows for how long it has waited, so it is over.
 */
export function isOver(end: number, now: number, longest: number): boolean {
  return now >= end || end - now > longest
}

/** At the earliest `ms` after something that happened at `then`. */
export function notBefore(then: number, ms: number, now: number): number {
  return isOver(then + ms, now, ms) ? now : then + ms
}
