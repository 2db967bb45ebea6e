import { t } from '../i18n/strings.ts'
import { useLazy } from '../ui/lazy.tsx'
import { Sheet } from '../ui/sheet.tsx'

interface Props {
  title: string
  onPick(sign: string): void
  onClose(): void
}

/** A sheet with all emoji. They load when it first opens. */
export function EmojiSheet({ title, onPick, onClose }: Props) {
  const { loaded: Picker, isMissing } = useLazy(async () => (await import('./emoji-picker.tsx')).EmojiPicker)
  return (
    <Sheet title={title} onClose={onClose}>
      {Picker ? (
        <Picker onPick={onPick} />
      ) : (
        <p class="emoji__none">{isMissing ? t.room.emoji.failed : t.room.emoji.loading}</p>
      )}
    </Sheet>
  )
}
