import { useLoaded } from '../parts/use-loaded.ts'
import { a } from '../strings/attention.ts'

/** A code to scan, loaded with the first one; the link beside it does as well. */
export function QrHost({ text }: { text: string }) {
  const QrCode = useLoaded(async () => {
    const [{ QrCode }] = await Promise.all([import('./qr-code.tsx'), import('../styles/share.css')])
    return QrCode
  })
  return QrCode ? <QrCode text={text} label={a.share.code} /> : null
}
