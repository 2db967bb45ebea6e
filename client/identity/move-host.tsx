import { useState } from 'preact/hooks'
import { loadWords } from '../i18n/language.ts'
import { lazyPage } from '../ui/lazy-page.tsx'

const TransferPage = lazyPage(async () => {
  await loadWords('identity')
  return (await import('./move-page.tsx')).TransferPage
})

/** The page of a link from another device. */
export function TransferHost() {
  const [code] = useState(takeCode)
  return <TransferPage code={code} />
}

/** The code is of use to whoever sees it: it goes from the address, and from what the browser remembers of it. */
function takeCode(): string {
  const code = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
  return code
}
