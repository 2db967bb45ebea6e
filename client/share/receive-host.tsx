import { useState } from 'preact/hooks'
import { loadWords } from '../i18n/language.ts'
import { lazyPage } from '../ui/lazy-page.tsx'
import { sharedText } from './shared-text.ts'

const ReceivePage = lazyPage(async () => {
  await loadWords('notifications')
  return (await import(/* @offline */ './receive-page.tsx')).ReceivePage
})

/** The share target's page. */
export function ReceiveHost() {
  const [text] = useState(takeText)
  return <ReceivePage text={text} />
}

/** Removes the shared text from the address bar. The browser's own history may keep it, as the page says. */
function takeText(): string {
  const text = sharedText(location.search)
  history.replaceState(null, '', location.pathname)
  return text
}
