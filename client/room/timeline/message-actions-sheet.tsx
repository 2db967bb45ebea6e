import { t } from '../../i18n/strings.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { useRoom } from '../room-context.ts'
import { MessageActionButtons } from './message-action-buttons.tsx'

/** What can be done with the message under the finger. */
export function MessageActionsSheet() {
  const { deeds } = useRoom()
  const message = deeds.asked.value === undefined ? undefined : deeds.messages.value.get(deeds.asked.value)
  if (message === undefined || message.deleted) return null
  const close = () => {
    deeds.asked.value = undefined
  }
  return (
    <Sheet title={t.room.actions.label} onClose={close}>
      {/* All of it: a finger that rests on a message opens this, and selects here. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled can be scrolled by keyboard */}
      <p class="deeds__about" dir="auto" tabIndex={0}>
        {message.body}
      </p>
      <div class="deeds deeds--sheet">
        <MessageActionButtons message={message} inWords done={close} />
      </div>
    </Sheet>
  )
}
