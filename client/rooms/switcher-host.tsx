import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { t } from '../i18n/strings.ts'
import { Icon } from '../ui/icon.tsx'
import { isMac } from '../ui/is-mac.ts'
import { lazy } from '../ui/lazy.tsx'

const shown = signal(false)
const Switcher = lazy(async () => (await import('./switcher.tsx')).Switcher)

function openSwitcher(): void {
  shown.value = true
}

function closeSwitcher(): void {
  shown.value = false
}

/** Handles the switcher's key, and shows it. */
export function SwitcherHost() {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const isAsked = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey
      if (!isAsked || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      openSwitcher()
    }
    addEventListener('keydown', hear)
    return () => {
      removeEventListener('keydown', hear)
      closeSwitcher()
    }
  }, [])
  if (!shown.value) return null
  // If it cannot be loaded, the list of rooms serves as well.
  return <Switcher onClose={closeSwitcher} onMissing={closeSwitcher} />
}

export function SwitcherButton() {
  return (
    <button
      type="button"
      class="switcher-button"
      aria-haspopup="dialog"
      onClick={({ currentTarget }) => {
        // One dialog replaces the other.
        currentTarget.closest('dialog')?.close()
        openSwitcher()
      }}
    >
      <Icon name="search" />
      <span class="switcher-button__words">{t.room.rooms.switch}</span>
      <kbd class="switcher-button__key">{t.room.rooms.key(isMac)}</kbd>
    </button>
  )
}
