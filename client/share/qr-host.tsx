import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { a } from '../strings/attention.ts'

type Code = ComponentType<{ text: string; label: string }>

/** A code to scan, loaded with the first one. */
export function QrHost({ text }: { text: string }) {
  const loaded = useSignal<Code | undefined>(undefined)
  useEffect(() => {
    Promise.all([import('./qr-code.tsx'), import('../styles/share.css')]).then(
      ([{ QrCode }]) => {
        loaded.value = QrCode
      },
      // The link beside it does as well.
      () => {},
    )
  }, [loaded])
  const QrCode = loaded.value
  return QrCode ? <QrCode text={text} label={a.share.code} /> : null
}
