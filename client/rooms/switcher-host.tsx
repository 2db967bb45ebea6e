import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { t } from '../i18n/strings.ts'
import { Icon } from '../ui/icon.tsx'
import { isMac } from '../ui/is-mac.ts'

type Shown = ComponentType<{ onClose(): void }>

const shown = signal(false)
/** Loaded when it is first asked for. */
const loaded = signal<Shown | undefined>(undefined)

async function openSwitcher(): Promise<void> {
  try {
    loaded.value ??= (await import('./switcher.tsx')).Switcher
    shown.value = true
  } catch {
    // Without a connection the list of rooms does as well.
  }
}

/** Hears the key that finds a room, and shows what it opens. */
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
      shown.value = false
    }
  }, [])
  const Switcher = loaded.value
  if (!shown.value || Switcher === undefined) return null
  return (
    <Switcher
      onClose={() => {
        shown.value = false
      }}
    />
  )
}

export function SwitcherButton() {
  return (
    <button
      type="button"
      class="switcher-button"
      aria-haspopup="dialog"
      onClick={({ currentTarget }) => {
        // One dialog takes the place of the other.
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
