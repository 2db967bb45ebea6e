import { LIMITS } from '../../src/protocol/limits.ts'
import type { Message } from '../../src/protocol/server-frames.ts'
import type { MessageChange } from './apply-change.ts'
import { createMessageItems } from './message-items.ts'
import { overlayChanges } from './overlay.ts'
import type { HistoryWindow, OutboxEntry } from './types.ts'

/** A contiguous part of history around a message far above the timeline. It grows both ways. */
export interface HistoryWindowStore {
  readonly oldest: number | undefined
  readonly newest: number | undefined
  readonly messages: readonly Message[]
  readonly hasOlder: boolean
  around(messages: readonly Message[]): void
  prepend(messages: readonly Message[]): void
  append(messages: readonly Message[]): void
  /** Applies a change to a message that may be in the window. */
  apply(change: MessageChange): void
  view(entries: readonly OutboxEntry[]): HistoryWindow
}

export function createHistoryWindow(personId: string, epoch: string | undefined): HistoryWindowStore {
  const rows = createMessageItems(personId)
  let hasOlder = true
  let last: { entries: readonly OutboxEntry[]; view: HistoryWindow } | undefined

  function put(messages: readonly Message[]): void {
    last = undefined
    rows.put(messages)
  }

  return {
    get oldest() {
      return rows.all[0]?.message.seq
    },
    get newest() {
      return rows.all.at(-1)?.message.seq
    },
    get messages() {
      return rows.all.map(({ message }) => message)
    },
    get hasOlder() {
      return hasOlder
    },
    around: put,
    prepend(messages) {
      put(messages)
      hasOlder = messages.length >= LIMITS.historyPage
    },
    append: put,
    apply(change) {
      if (rows.change(change)) last = undefined
    },
    view(entries) {
      if (last?.entries !== entries)
        last = { entries, view: { items: overlayChanges(rows, entries, personId, epoch), hasOlder } }
      return last.view
    },
  }
}
