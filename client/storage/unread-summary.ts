import { signal } from '@preact/signals'
import { readLocal, writeLocal } from './local-storage.ts'
import { parseSummaries, type RoomSummaries } from './room-summaries.ts'

const KEY = 'news'

/** What one tab found out about the rooms one is not in just now, for all tabs. */
const told = signal(parseSummaries(readLocal(KEY)))
addEventListener('storage', ({ key }) => {
  if (key === null || key.endsWith(`:${KEY}`)) told.value = parseSummaries(readLocal(KEY))
})

export function unreadSummary(): RoomSummaries {
  return told.value
}

/** Storing tells the other tabs: what says the same is not stored again. */
export function saveUnreadSummary(news: RoomSummaries): void {
  const text = JSON.stringify(news)
  if (text === JSON.stringify(told.peek())) return
  told.value = news
  writeLocal(KEY, text)
}
