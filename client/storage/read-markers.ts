import { fieldsOf } from '../lib/parse-unknown.ts'
import { readLocal, storedSignal, writeLocal } from './local-storage.ts'

const KEY = 'read'

/** The read marker of each room, as a `seq`, as far as this browser knows. */
const places = storedSignal([KEY], read)

export function readMarkerOf(room: string): number | undefined {
  return places().value[room]
}

/** A marker only moves forward. */
export function saveReadMarker(room: string, seq: number): void {
  if (seq <= (places().peek()[room] ?? -1)) return
  change({ ...places().peek(), [room]: seq })
}

/** The room was erased, or this device forgets it. */
export function dropReadMarker(room: string): void {
  const { [room]: _, ...others } = places().peek()
  change(others)
}

function change(now: Record<string, number>): void {
  places().value = now
  writeLocal(KEY, JSON.stringify(now))
}

function read(): Record<string, number> {
  try {
    const kept = fieldsOf(JSON.parse(readLocal(KEY) ?? '{}')) ?? {}
    return Object.fromEntries(
      Object.entries(kept).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1])),
    )
  } catch {
    return {}
  }
}
