import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { Sheet } from '../parts/sheet.tsx'
import { t } from '../strings/strings.ts'

interface Props {
  title: string
  onPick(sign: string): void
  onClose(): void
}

/** All emoji to choose from. They are loaded when they are first looked at. */
export function EmojiSheet({ title, onPick, onClose }: Props) {
  const loaded = useSignal<{ Picker: ComponentType<{ onPick(sign: string): void }> } | 'failed' | undefined>(
    undefined,
  )
  useEffect(() => {
    import('./picker.tsx').then(
      (found) => {
        loaded.value = found
      },
      () => {
        loaded.value = 'failed'
      },
    )
  }, [loaded])
  const { value } = loaded
  return (
    <Sheet title={title} onClose={onClose}>
      {typeof value === 'object' ? (
        <value.Picker onPick={onPick} />
      ) : (
        <p class="emoji__none">{value === 'failed' ? t.emoji.failed : t.emoji.loading}</p>
      )}
    </Sheet>
  )
}
