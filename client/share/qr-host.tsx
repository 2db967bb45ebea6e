import { t } from '../i18n/strings.ts'
import { lazy } from '../ui/lazy.tsx'

const QrCode = lazy(async () => {
  const [{ QrCode }] = await Promise.all([import('./qr-code.tsx'), import('../styles/share.css')])
  return QrCode
})

/** A QR code. If it cannot be loaded, the link beside it serves as well. */
export function QrHost({ text }: { text: string }) {
  return <QrCode text={text} label={t.notifications.share.code} />
}
