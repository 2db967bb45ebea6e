import './styles/index.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { loadWords, setPageLanguage } from './i18n/language.ts'
import { startRouter } from './routing/router.ts'
import { chosenTheme } from './storage/chosen-theme.ts'
import { followIdentity, isDeletionDue, whenIdentityEnds } from './storage/identity-mark.ts'
import { onceIdle } from './ui/once-idle.ts'

const theme = chosenTheme()
if (theme) document.documentElement.dataset.theme = theme

// No top-level await: the words import from this file, and would wait for it for ever.
const root = document.getElementById('app')
followIdentity()
// A new page holds nothing in memory, and the address of a room is not that person's here any more.
whenIdentityEnds(() => location.replace('/'))
setPageLanguage()
startRouter()
Promise.all([loadWords('door'), isDeletionDue() && deleteFormer()]).then(
  () => {
    if (root) render(<App />, root)
    if (import.meta.env.PROD) {
      onceLoaded(() => onceIdle(async () => (await import(/* @offline */ './pwa/register.ts')).register()))
    }
  },
  () => {
    // Without its words the page has one sentence, in the language that most can read.
    if (root) root.textContent = 'Hallway could not be loaded. Check the connection and load the page again.'
  },
)

async function deleteFormer(): Promise<void> {
  const { deleteFormerData } = await import('./identity/delete-data.ts')
  await deleteFormerData()
}

function onceLoaded(run: () => void): void {
  if (document.readyState === 'complete') run()
  else addEventListener('load', run, { once: true })
}
