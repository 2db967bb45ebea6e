import { readLocal, storedSignal, writeLocal } from './local-storage.ts'
import { parseSummaries, type RoomSummaries } from './room-summaries.ts'

const KEY = 'news'

/** The summaries of the background rooms, stored by the leader tab for all tabs. */
const summaries = storedSignal([KEY], () => parseSummaries(readLocal(KEY)))

export function unreadSummary(): RoomSummaries {
  return summaries().value
}

/** Storing notifies the other tabs, so an equal value is not stored again. */
export function saveUnreadSummary(newest: RoomSummaries): void {
  const text = JSON.stringify(newest)
  if (text === JSON.stringify(summaries().peek())) return
  summaries().value = newest
  writeLocal(KEY, text)
}
