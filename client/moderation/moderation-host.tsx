import { loadWords } from '../i18n/language.ts'
import { t } from '../i18n/strings.ts'
import { useRoom } from '../room/room-context.ts'
import { lazy } from '../ui/lazy.tsx'

const ModerationDialog = lazy(async () => {
  // The words first: the dialogs take some of them as they are loaded.
  await loadWords('moderation', 'notifications')
  return (await import('./moderation-dialog.tsx')).ModerationDialog
})

/** The dialog of the room that is open, if any. */
export function ModerationHost() {
  const { moderation } = useRoom()
  if (moderation.dialog.value === undefined) return null
  return (
    <ModerationDialog
      onMissing={() => {
        moderation.dialog.value = undefined
        moderation.showOutcome(t.room.moderation.failed)
      }}
    />
  )
}
