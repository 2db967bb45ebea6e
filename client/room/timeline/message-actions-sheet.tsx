import { t } from '../../i18n/strings.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { useRoom } from '../room-context.ts'
import { MessageActionButtons } from './message-action-buttons.tsx'

/** The actions on a message that was pressed with a finger. */
export function MessageActionsSheet() {
  const { timeline, actions } = useRoom()
  const message =
    actions.openSheet.value === undefined ? undefined : timeline.messages.value.get(actions.openSheet.value)
  if (message === undefined || message.deleted) return null
  const close = () => {
    actions.openSheet.value = undefined
  }
  return (
    <Sheet title={t.room.actions.label} onClose={close}>
      {/* The whole text: a long press on a message opens this sheet, and text can be selected here. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard has to be able to scroll it */}
      <p class="message-actions__message" dir="auto" tabIndex={0}>
        {message.body}
      </p>
      <div class="message-actions message-actions--sheet">
        <MessageActionButtons message={message} hasLabels done={close} />
      </div>
    </Sheet>
  )
}
