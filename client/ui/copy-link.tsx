import { t } from '../i18n/strings.ts'
import { useCopying } from './copying.ts'
import { Icon } from './icon.tsx'

/** Copies the address of a room: the URL is the invite. */
export function CopyLink({ url, primary = false }: { url: string; primary?: boolean }) {
  const { copied, copy } = useCopying(url, { copied: t.room.invite.copied, byHand: t.room.invite.copyByHand })

  return (
    <button
      type="button"
      class={primary ? 'button button--primary' : 'button'}
      aria-label={copied.value ? t.room.invite.copied : t.room.invite.copy}
      onClick={copy}
    >
      <Icon name={copied.value ? 'check' : 'copy'} />
      <span class="button__label">{copied.value ? t.room.invite.copied : t.room.invite.copy}</span>
    </button>
  )
}
