import { t } from '../../i18n/strings.ts'
import { useRoom } from '../room-context.ts'

interface Props {
  id: string
  why: string
  /** What it is called not to try again. */
  letGo: string
}

/** Why a message, or a change of one, was not taken, and what can be done about it. */
export function FailedNote({ id, why, letGo }: Props) {
  const { session } = useRoom()
  return (
    <p class="failed" role="alert">
      <span class="failed__why">{why}</span>
      <span class="failed__next">
        <button type="button" class="failed__action" onClick={() => session.retry(id)}>
          {t.room.timeline.retry}
        </button>
        <button type="button" class="failed__action" onClick={() => session.discard(id)}>
          {letGo}
        </button>
      </span>
    </p>
  )
}
