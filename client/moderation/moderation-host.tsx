import { loadWords } from '../i18n/language.ts'
import { t } from '../i18n/strings.ts'
import { useRoom } from '../room/room-context.ts'
import { lazy } from '../ui/lazy.tsx'

const ModerationDialog = lazy(async () => {
  // The strings first: the dialogs read some of them on import.
  await loadWords('moderation', 'notifications')
  return (await import('./moderation-dialog.tsx')).ModerationDialog
})

/** The open room's dialog, if any. */
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
