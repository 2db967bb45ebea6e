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

/**
 * Removes the code from the address bar, where others may see it. The browser's own history may keep it: it works once,
 * within ten minutes.
 */
function takeCode(): string {
  const code = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
  return code
}
