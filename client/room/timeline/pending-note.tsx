import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { t } from '../../i18n/strings.ts'
import { useRoom } from '../room-context.ts'

/** Most changes are stored long before. */
const SHOWN_AFTER_MS = 5_000
/** Who has something to lose is told sooner. */
const UNSAVED_AFTER_MS = 1_000

interface Props {
  id: string
  /** The label of the button that takes it back. */
  label: string
  /** The change goes with this page. */
  unsaved: true | undefined
}

/** Says that a change still waits, with a button that takes it back. */
export function PendingNote({ id, label, unsaved }: Props) {
  const { session } = useRoom()
  const isLate = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(
      () => {
        isLate.value = true
      },
      unsaved ? UNSAVED_AFTER_MS : SHOWN_AFTER_MS,
    )
    return () => clearTimeout(timer)
  }, [id, unsaved])
  if (!isLate.value) return null
  return (
    <p class="failed" role={unsaved && 'status'}>
      <span>{unsaved ? t.room.timeline.notSaved : t.room.timeline.notSentYet}</span>
      <button type="button" class="failed__action" onClick={() => session.discard(id)}>
        {label}
      </button>
    </p>
  )
}
