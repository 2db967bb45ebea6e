import { t } from '../strings/strings.ts'
import { Icon } from './icon.tsx'

/** The system's share sheet, where a phone has one. */
export function ShareLink({ url, title }: { url: string; title: string }) {
  if (!('share' in navigator) || !matchMedia('(pointer: coarse)').matches) return null
  // Closing the sheet rejects; that is no fault.
  const share = () => navigator.share({ url, title }).catch(() => undefined)
  return (
    <button type="button" class="button button--icon" aria-label={t.invite.share} onClick={share}>
      <Icon name="share" />
    </button>
  )
}
