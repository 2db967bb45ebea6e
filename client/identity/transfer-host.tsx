import { useState } from 'preact/hooks'
import { loadWords } from '../i18n/language.ts'
import { lazyPage } from '../ui/lazy-page.tsx'

const TransferPage = lazyPage(async () => {
  await loadWords('identity')
  return (await import('./transfer-page.tsx')).TransferPage
})

/** The page that a device transfer link opens. */
export function TransferHost() {
  const [code] = useState(takeCode)
  return <TransferPage code={code} />
}

/** Anyone who sees the code can use it, so it is removed from the address bar and the history entry. */
function takeCode(): string {
  const code = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
  return code
}
