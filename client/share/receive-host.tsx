import { useState } from 'preact/hooks'
import { loadWords } from '../i18n/language.ts'
import { lazyPage } from '../ui/lazy-page.tsx'
import { sharedText } from './shared-text.ts'

const ReceivePage = lazyPage(async () => {
  await loadWords('notifications')
  return (await import(/* @offline */ './receive-page.tsx')).ReceivePage
})

/** Where what another app shares comes in. */
export function ReceiveHost() {
  const [text] = useState(takeText)
  return <ReceivePage text={text} />
}

/** What was shared is nobody else's: it goes from the address, and from what the browser remembers of it. */
function takeText(): string {
  const text = sharedText(location.search)
  history.replaceState(null, '', location.pathname)
  return text
}
