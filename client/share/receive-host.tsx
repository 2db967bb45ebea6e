import { useState } from 'preact/hooks'
import { loadWords } from '../i18n/language.ts'
import { lazyPage } from '../ui/lazy-page.tsx'

const ReceivePage = lazyPage(async () => {
  await loadWords('notifications')
  return (await import(/* @offline */ './receive-page.tsx')).ReceivePage
})

/** The share target's page. */
export function ReceiveHost() {
  const [query] = useState(takeQuery)
  return <ReceivePage query={query} />
}

/** Removes the shared text from the address bar. The browser's own history may keep it, as the page says. */
function takeQuery(): string {
  const { search, pathname } = location
  history.replaceState(null, '', pathname)
  return search
}
