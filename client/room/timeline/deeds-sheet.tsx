import { Sheet } from '../../parts/sheet.tsx'
import { t } from '../../strings/strings.ts'
import { snippetOf } from '../../text/snippet.ts'
import { useRoom } from '../room-context.ts'
import { DeedButtons } from './deed-buttons.tsx'

/** What can be done with the message under the finger. */
export function DeedsSheet() {
  const { deeds } = useRoom()
  const message = deeds.asked.value === undefined ? undefined : deeds.messages.value.get(deeds.asked.value)
  if (message === undefined || message.deleted) return null
  const close = () => {
    deeds.asked.value = undefined
  }
  return (
    <Sheet title={t.deeds.label} onClose={close}>
      <p class="deeds__about" dir="auto">
        {snippetOf(message.body)}
      </p>
      <div class="deeds deeds--sheet">
        <DeedButtons message={message} inWords done={close} />
      </div>
    </Sheet>
  )
}
