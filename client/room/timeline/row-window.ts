import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { TimelineRow } from './timeline-rows.ts'

/** Rows that are drawn at first, rows that are added at a time, and the most that are ever drawn. */
const INITIAL_ROWS = 150
const ADDED_ROWS = 100
const MAX_ROWS = 400

export type RowWindow = ReturnType<typeof createRowWindow>

/**
 * The rows that are drawn. At the present these are the newest, and new ones are added. As the reader scrolls up, rows
 * are added above and removed far below. In a history window, which ends before the present, the rows stay.
 */
export function createRowWindow(
  rows: ReadonlySignal<readonly TimelineRow[]>,
  endsAtPresent: () => boolean = () => true,
) {
  const size = signal(INITIAL_ROWS)
  /** The last row that is drawn; undefined while that is the newest. */
  const lastKey = signal<string | undefined>(undefined)

  /** The first row drawn. While the reader is above, new rows below remove it only beyond the maximum. */
  let firstKey: string | undefined

  const range = computed(() => {
    const all = rows.value
    const found = lastKey.value === undefined ? -1 : all.findLastIndex(({ key }) => key === lastKey.value)
    const end = found < 0 ? all.length : found + 1
    let start = Math.max(0, end - size.value)
    const isAbove = found < 0 && size.value > INITIAL_ROWS
    const before = isAbove ? all.findIndex(({ key }) => key === firstKey) : -1
    if (before >= 0 && before < start && end - before <= MAX_ROWS) start = before
    firstKey = all[start]?.key
    return { start, end }
  })
  const shown = computed(() => rows.value.slice(range.value.start, range.value.end))
  const isCut = computed(() => range.value.end < rows.value.length)

  /** Ends the window behind this row, or at the present if it is the last. */
  function endAt(end: number): void {
    const all = rows.peek()
    lastKey.value = end >= all.length && endsAtPresent() ? undefined : all[Math.min(end, all.length) - 1]?.key
  }

  return {
    shown,
    /** Whether rows below are not drawn. */
    isCut,
    /** Draws more rows above. Answers whether there were any. */
    older(): boolean {
      const { start, end } = range.peek()
      if (start === 0) return false
      const wanted = end - start + Math.min(ADDED_ROWS, start)
      size.value = Math.min(MAX_ROWS, wanted)
      if (wanted > MAX_ROWS) endAt(end - (wanted - MAX_ROWS))
      return true
    },
    /** Draws more rows below. Answers whether there were any. */
    newer(): boolean {
      if (!isCut.peek()) return false
      endAt(range.peek().end + ADDED_ROWS)
      return true
    },
    toPresent(): void {
      firstKey = undefined
      lastKey.value = undefined
      size.value = INITIAL_ROWS
    },
    /** Draws the rows around this one. */
    reveal(isIt: (row: TimelineRow) => boolean): void {
      const { start, end } = range.peek()
      const at = rows.peek().findIndex(isIt)
      if (at < 0 || (at >= start && at < end && (lastKey.peek() !== undefined || endsAtPresent()))) return
      firstKey = undefined
      size.value = INITIAL_ROWS
      endAt(at + INITIAL_ROWS / 2)
    },
  }
}
