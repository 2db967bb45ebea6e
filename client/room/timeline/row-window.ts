import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { TimelineRow } from './timeline-rows.ts'

/** So many rows are drawn at first, so many more at a time, and never more than these. */
const FIRST = 150
const MORE = 100
const MOST = 400

/**
 * The stretch of the timeline that is drawn. At the present it holds the newest rows and moves on with them; who reads
 * above takes it along, and what is far below is let go. Where the rows do not reach the present it stays where it is.
 */
export function createRowWindow(
  rows: ReadonlySignal<readonly TimelineRow[]>,
  endsAtPresent: () => boolean = () => true,
) {
  const size = signal(FIRST)
  /** The last row that is drawn; the newest one there is while it is not set. */
  const lastKey = signal<string | undefined>(undefined)

  /** The first row that was drawn: to whoever reads above, what comes below takes it off only where both are too many. */
  let firstKey: string | undefined

  const place = computed(() => {
    const all = rows.value
    const found = lastKey.value === undefined ? -1 : all.findLastIndex(({ key }) => key === lastKey.value)
    const end = found < 0 ? all.length : found + 1
    let start = Math.max(0, end - size.value)
    const isAbove = found < 0 && size.value > FIRST
    const before = isAbove ? all.findIndex(({ key }) => key === firstKey) : -1
    if (before >= 0 && before < start && end - before <= MOST) start = before
    firstKey = all[start]?.key
    return { start, end }
  })
  const shown = computed(() => rows.value.slice(place.value.start, place.value.end))
  const isCut = computed(() => place.value.end < rows.value.length)

  /** Ends the window behind this row, or at the present where none is left behind it. */
  function endAt(end: number): void {
    const all = rows.peek()
    lastKey.value = end >= all.length && endsAtPresent() ? undefined : all[Math.min(end, all.length) - 1]?.key
  }

  return {
    shown,
    /** Whether there are rows below that are not drawn. */
    isCut,
    /** Draws more above, and answers whether there was more. */
    older(): boolean {
      const { start, end } = place.peek()
      if (start === 0) return false
      const wanted = end - start + Math.min(MORE, start)
      size.value = Math.min(MOST, wanted)
      if (wanted > MOST) endAt(end - (wanted - MOST))
      return true
    },
    /** Draws more below, and answers whether there was more. */
    newer(): boolean {
      if (!isCut.peek()) return false
      endAt(place.peek().end + MORE)
      return true
    },
    toPresent(): void {
      firstKey = undefined
      lastKey.value = undefined
      size.value = FIRST
    },
    /** Draws what is around a row. */
    reveal(isIt: (row: TimelineRow) => boolean): void {
      const { start, end } = place.peek()
      const at = rows.peek().findIndex(isIt)
      if (at < 0 || (at >= start && at < end && (lastKey.peek() !== undefined || endsAtPresent()))) return
      firstKey = undefined
      size.value = FIRST
      endAt(at + FIRST / 2)
    },
  }
}
