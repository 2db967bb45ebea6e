import { EmojiSheet } from '../../emoji/emoji-sheet.tsx'
import { t } from '../../i18n/strings.ts'
import { useRoom } from '../room-context.ts'

/** All emoji, to react to a message with. */
export function ReactionPicker() {
  const { timeline, actions } = useRoom()
  const message =
    actions.openPicker.value === undefined ? undefined : timeline.messages.value.get(actions.openPicker.value)
  if (message === undefined || message.deleted) return null
  const close = () => {
    actions.openPicker.value = undefined
    // The button that opened it may be gone, so the message takes the focus once the dialog is closed.
    requestAnimationFrame(() => {
      document
        .querySelector<HTMLElement>(`.message[data-seq="${message.seq}"]`)
        ?.focus({ preventScroll: true })
    })
  }
  return (
    <EmojiSheet
      title={t.room.actions.reactMore}
      onPick={(emoji) => {
        if (!actions.hasReacted(message, emoji)) actions.react(message, emoji)
        close()
      }}
      onClose={close}
    />
  )
}
