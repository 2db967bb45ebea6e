import { useSignal } from '@preact/signals'
import { loadWords } from '../i18n/language.ts'
import { t } from '../i18n/strings.ts'
import { Icon } from '../ui/icon.tsx'
import { lazy } from '../ui/lazy.tsx'

interface Invite {
  url: string
  title: string
}

const ShareSheet = lazy(async () => {
  await loadWords('notifications')
  return (await import('./share-sheet.tsx')).ShareSheet
})

/** Opens the sheet with the room's link and QR code. */
export function ShareLink({ url, title }: Invite) {
  const isOpen = useSignal(false)
  const close = () => {
    isOpen.value = false
  }

  return (
    <>
      <button
        type="button"
        class="button button--icon"
        aria-label={t.room.invite.share}
        aria-haspopup="dialog"
        onClick={() => {
          isOpen.value = true
        }}
      >
        <Icon name="share" />
      </button>
      {/* Without a connection the link can be copied, beside it or from the menu. */}
      {isOpen.value && <ShareSheet url={url} title={title} onClose={close} onMissing={close} />}
    </>
  )
}
