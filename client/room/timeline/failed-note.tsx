import { problemText } from '../../problem-text.ts'
import { t } from '../../strings/strings.ts'
import { useRoom } from '../room-context.ts'

interface Props {
  id: string
  code: string
  reason: string
}

/** Why a message was not sent, and what can be done about it. */
export function FailedNote({ id, code, reason }: Props) {
  const { session } = useRoom()
  return (
    <p class="failed">
      <span class="failed__why">
        {t.timeline.failed} {problemText(code, reason)}
      </span>
      <span class="failed__next">
        <button type="button" class="failed__action" onClick={() => session.retry(id)}>
          {t.timeline.retry}
        </button>
        <button type="button" class="failed__action" onClick={() => session.discard(id)}>
          {t.timeline.discard}
        </button>
      </span>
    </p>
  )
}
