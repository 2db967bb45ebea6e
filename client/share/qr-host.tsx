import { t } from '../i18n/strings.ts'
import { useLoaded } from '../ui/use-loaded.ts'

/** A code to scan, loaded with the first one; the link beside it does as well. */
export function QrHost({ text }: { text: string }) {
  const QrCode = useLoaded(async () => {
    const [{ QrCode }] = await Promise.all([import('./qr-code.tsx'), import('../styles/share.css')])
    return QrCode
  })
  return QrCode ? <QrCode text={text} label={t.notifications.share.code} /> : null
}
