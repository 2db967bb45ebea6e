import { useSignal } from '@preact/signals'
import { t } from '../i18n/strings.ts'
import { Sheet } from '../ui/sheet.tsx'
import { useLoaded } from '../ui/use-loaded.ts'

interface Props {
  title: string
  onPick(sign: string): void
  onClose(): void
}

/** All emoji to choose from. They are loaded when they are first looked at. */
export function EmojiSheet({ title, onPick, onClose }: Props) {
  const hasFailed = useSignal(false)
  const Picker = useLoaded(
    async () => (await import('./emoji-picker.tsx')).EmojiPicker,
    () => {
      hasFailed.value = true
    },
  )
  return (
    <Sheet title={title} onClose={onClose}>
      {Picker ? (
        <Picker onPick={onPick} />
      ) : (
        <p class="emoji__none">{hasFailed.value ? t.room.emoji.failed : t.room.emoji.loading}</p>
      )}
    </Sheet>
  )
}
