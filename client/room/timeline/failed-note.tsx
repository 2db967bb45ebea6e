import { t } from '../../i18n/strings.ts'
import { useRoom } from '../room-context.ts'

interface Props {
  id: string
  why: string
  /** The label of the button that gives it up. */
  discardLabel: string
}

/** Why the room refused a message or an edit, with buttons to try again or discard it. */
export function FailedNote({ id, why, discardLabel }: Props) {
  const { session } = useRoom()
  return (
    <p class="failed" role="alert">
      <span class="failed__why">{why}</span>
      <span class="failed__buttons">
        <button type="button" class="failed__action" onClick={() => session.retry(id)}>
          {t.room.timeline.retry}
        </button>
        <button type="button" class="failed__action" onClick={() => session.discard(id)}>
          {discardLabel}
        </button>
      </span>
    </p>
  )
}
