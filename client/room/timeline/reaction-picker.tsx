import { EmojiSheet } from '../../emoji/emoji-sheet.tsx'
import { t } from '../../i18n/strings.ts'
import { useRoom } from '../room-context.ts'

/** Any emoji, for the message that is to be reacted to. */
export function ReactionPicker() {
  const { deeds } = useRoom()
  const message =
    deeds.picking.value === undefined ? undefined : deeds.messages.value.get(deeds.picking.value)
  if (message === undefined || message.deleted) return null
  const close = () => {
    deeds.picking.value = undefined
    // The button that opened it may have gone; the message is there, and takes the focus once the dialog is gone.
    requestAnimationFrame(() => {
      document
        .querySelector<HTMLElement>(`.message[data-seq="${message.seq}"]`)
        ?.focus({ preventScroll: true })
    })
  }
  return (
    <EmojiSheet
      title={t.room.actions.reactMore}
      onPick={(sign) => {
        if (!deeds.hasReacted(message, sign)) deeds.react(message, sign)
        close()
      }}
      onClose={close}
    />
  )
}
