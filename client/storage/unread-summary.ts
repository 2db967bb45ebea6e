import { signal } from '@preact/signals'
import { keep, readKept } from './local-storage.ts'
import { type News, parseNews } from './room-summaries.ts'

const KEY = 'news'

/** What one tab found out about the rooms one is not in just now, for all tabs. */
const told = signal(parseNews(readKept(KEY)))
addEventListener('storage', ({ key }) => {
  if (key === null || key.endsWith(`:${KEY}`)) told.value = parseNews(readKept(KEY))
})

export function roomsNews(): News {
  return told.value
}

/** Storing tells the other tabs: what says the same is not stored again. */
export function tellNews(news: News): void {
  const text = JSON.stringify(news)
  if (text === JSON.stringify(told.peek())) return
  told.value = news
  keep(KEY, text)
}
