import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { t } from '../../i18n/strings.ts'
import { useRoom } from '../room-context.ts'

/** Most changes are stored long before. */
const SHOWN_AFTER_MS = 5_000

interface Props {
  id: string
  /** The label of the button that takes it back. */
  label: string
}

/** Says that a change still waits, with a button that takes it back. */
export function PendingNote({ id, label }: Props) {
  const { session } = useRoom()
  const isLate = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      isLate.value = true
    }, SHOWN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [id])
  if (!isLate.value) return null
  return (
    <p class="failed">
      <span>{t.room.timeline.notSentYet}</span>
      <button type="button" class="failed__action" onClick={() => session.discard(id)}>
        {label}
      </button>
    </p>
  )
}
