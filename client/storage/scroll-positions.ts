import { fieldsOf } from '../lib/parse-unknown.ts'

const KEY = 'hallway:positions'

/** Where a reader above the present is. */
export interface ScrollPosition {
  /** The first message in view. */
  seq: number
  /** How far below the upper edge its text begins, in pixels. */
  offset: number
  /** The newest message when the reader left the present. */
  leftAt: number
}

/**
 * The scroll position in each room that was left above the present. It lasts as long as the tab, reloads included; every
 * tab has its own.
 */
let known: Map<string, ScrollPosition> | undefined

export function saveScrollPosition(room: string, position: ScrollPosition | undefined): void {
  const positions = knownPositions()
  if (position === undefined) positions.delete(room)
  else positions.set(room, position)
  try {
    if (positions.size === 0) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(positions)))
  } catch {
    // Without storage it lasts as long as the page.
  }
}

/** The position to return to. It is good once: the reader moves on from there. */
export function takeScrollPosition(room: string): ScrollPosition | undefined {
  const position = knownPositions().get(room)
  if (position !== undefined) saveScrollPosition(room, undefined)
  return position
}

export function dropScrollPositions(of: (room: string) => boolean): void {
  for (const room of [...knownPositions().keys()].filter(of)) saveScrollPosition(room, undefined)
}

function knownPositions(): Map<string, ScrollPosition> {
  known ??= new Map(read())
  return known
}

function read(): [string, ScrollPosition][] {
  try {
    const kept = fieldsOf(JSON.parse(sessionStorage.getItem(KEY) ?? '{}')) ?? {}
    return Object.entries(kept).flatMap(([room, value]): [string, ScrollPosition][] => {
      const { seq, offset, leftAt } = fieldsOf(value) ?? {}
      const isPlace = [seq, offset, leftAt].every(Number.isFinite)
      return isPlace ? [[room, { seq: Number(seq), offset: Number(offset), leftAt: Number(leftAt) }]] : []
    })
  } catch {
    return []
  }
}
