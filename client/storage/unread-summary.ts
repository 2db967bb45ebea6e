import { readLocal, storedSignal, writeLocal } from './local-storage.ts'
import { parseSummaries, type RoomSummaries } from './room-summaries.ts'

const KEY = 'news'

/** What one tab found out about the rooms one is not in just now, for all tabs. */
const summaries = storedSignal([KEY], () => parseSummaries(readLocal(KEY)))

export function unreadSummary(): RoomSummaries {
  return summaries().value
}

/** Storing tells the other tabs: what says the same is not stored again. */
export function saveUnreadSummary(news: RoomSummaries): void {
  const text = JSON.stringify(news)
  if (text === JSON.stringify(summaries().peek())) return
  summaries().value = news
  writeLocal(KEY, text)
}
