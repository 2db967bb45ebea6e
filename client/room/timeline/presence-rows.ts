import { startOfDay } from '../../i18n/dates.ts'
import type { PresenceEvent } from '../../session/index.ts'
import { type PresenceSummary, presenceSummaryOf } from './presence-summary.ts'
import type { TimelineRow } from './timeline-rows.ts'

/**
 * Puts each run of joins and leaves before what was said next, on the side of a new day on which it happened. Where
 * there is nothing to put them between there are none.
 */
export function withPresenceEvents(
  rows: readonly TimelineRow[],
  passages: readonly PresenceEvent[],
): readonly TimelineRow[] {
  if (rows.length === 0 || passages.length === 0) return rows
  const placed: TimelineRow[] = []
  let waiting = passages

  /** Answers whether there was something to say. */
  function place(isDue: (passage: PresenceEvent) => boolean): boolean {
    const end = waiting.findIndex((passage) => !isDue(passage))
    const run = end < 0 ? waiting : waiting.slice(0, end)
    waiting = waiting.slice(run.length)
    const passed = presenceSummaryOf(run)
    if (run[0] === undefined || isNothing(passed)) return false
    // The key of the first stays, whoever else is folded into the line.
    placed.push({ kind: 'passages', key: run[0].key, passed })
    return true
  }

  for (const [at, row] of rows.entries()) {
    if (row.kind === 'day') {
      const [next, midnight] = [seqOf(rows[at + 1]), startOfDay(row.time)]
      place(({ after, time }) => after < next && time < midnight)
    }
    const isInterrupted = row.kind === 'item' && place(({ after }) => after < seqOf(row))
    placed.push(isInterrupted ? { ...row, opens: true } : row)
  }
  place(() => true)
  return placed
}

function seqOf(row: TimelineRow | undefined): number {
  return row?.kind === 'item' && row.item.kind === 'message' ? row.item.message.seq : Number.POSITIVE_INFINITY
}

function isNothing({ joined, left, visited, renamed }: PresenceSummary): boolean {
  return [joined, left, visited, renamed].every(({ length }) => length === 0)
}
