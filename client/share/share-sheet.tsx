import '../styles/share.css'
import { t } from '../i18n/strings.ts'
import { CopyLink } from '../ui/copy-link.tsx'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { QrCode } from './qr-code.tsx'

/** The room's link, to scan, send or copy. */
export function ShareSheet({ url, title, onClose }: { url: string; title: string; onClose(): void }) {
  // Closing the system's share sheet rejects; that is no fault.
  const send = () => navigator.share({ url, title }).catch(() => undefined)
  return (
    <Sheet title={t.notifications.share.title} onClose={onClose}>
      <div class="share">
        <p>{t.notifications.share.text}</p>
        <QrCode text={url} label={t.notifications.share.code} />
        <p class="share__link" dir="ltr">
          {url.replace(/^https?:\/\//, '')}
        </p>
        <div class="share__buttons">
          {'share' in navigator && (
            <button type="button" class="button" onClick={send}>
              <Icon name="share" />
              {t.notifications.share.send}
            </button>
          )}
          <CopyLink url={url} primary />
        </div>
      </div>
    </Sheet>
  )
}
