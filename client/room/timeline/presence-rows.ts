import { startOfDay } from '../../i18n/dates.ts'
import type { PresenceEvent } from '../../session/index.ts'
import { type PresenceSummary, presenceSummaryOf } from './presence-summary.ts'
import type { TimelineRow } from './timeline-rows.ts'

/**
 * Puts each run of presence events before the next message, on its side of a new day. A timeline without messages
 * shows none.
 */
export function withPresenceEvents(
  rows: readonly TimelineRow[],
  events: readonly PresenceEvent[],
): readonly TimelineRow[] {
  if (rows.length === 0 || events.length === 0) return rows
  const placed: TimelineRow[] = []
  let waiting = events

  /** Answers whether the events that are due make a row. */
  function place(isDue: (event: PresenceEvent) => boolean): boolean {
    const end = waiting.findIndex((event) => !isDue(event))
    const run = end < 0 ? waiting : waiting.slice(0, end)
    waiting = waiting.slice(run.length)
    const summary = presenceSummaryOf(run)
    if (run[0] === undefined || isEmpty(summary)) return false
    // The first event gives the row its key, which stays when others join the row.
    placed.push({ kind: 'presence', key: run[0].key, summary })
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

function isEmpty({ joined, left, visited, renamed }: PresenceSummary): boolean {
  return [joined, left, visited, renamed].every(({ length }) => length === 0)
}
