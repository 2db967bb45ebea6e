import { effect, signal } from '@preact/signals'

const title = signal(globalThis.document?.title ?? '')
const news = signal('')

effect(() => {
  if (globalThis.document) document.title = news.value === '' ? title.value : `(${news.value}) ${title.value}`
})

/** What the page is about. */
export function setTitle(text: string): void {
  title.value = text
}

/** How much is new, before the title; nothing where nothing is. */
export function setTitleCount(count: string): void {
  news.value = count
}
