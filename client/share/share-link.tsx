import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { loadWords } from '../i18n/language.ts'
import { t } from '../i18n/strings.ts'
import { Icon } from '../ui/icon.tsx'

interface Invite {
  url: string
  title: string
}

/** Opens the invite as a code to scan, a link to send; loaded when it is first asked for. */
export function ShareLink({ url, title }: Invite) {
  const loaded = useSignal<ComponentType<Invite & { onClose(): void }> | undefined>(undefined)
  const isOpen = useSignal(false)

  async function open() {
    try {
      if (!loaded.value) {
        await loadWords('notifications')
        loaded.value = (await import('./share-sheet.tsx')).ShareSheet
      }
      isOpen.value = true
    } catch {
      // Without a connection the link can be copied, beside it or from the menu.
    }
  }

  const ShareSheet = loaded.value
  return (
    <>
      <button
        type="button"
        class="button button--icon"
        aria-label={t.room.invite.share}
        aria-haspopup="dialog"
        onClick={open}
      >
        <Icon name="share" />
      </button>
      {isOpen.value && ShareSheet && (
        <ShareSheet
          url={url}
          title={title}
          onClose={() => {
            isOpen.value = false
          }}
        />
      )}
    </>
  )
}
