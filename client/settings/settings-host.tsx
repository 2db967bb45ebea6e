import { loadWords } from '../i18n/language.ts'
import { t } from '../i18n/strings.ts'
import { announce } from '../ui/announcer.tsx'
import { useLoaded } from '../ui/use-loaded.ts'

export interface SettingsProps {
  onClose(): void
  /** Whom one does not want to hear in the room one is in, and how to hear them again. */
  blocked?: readonly { by: string; username: string }[]
  unblock?(by: string, username: string): Promise<void>
}

/** The settings of the person; loaded when they are first asked for. */
export function SettingsHost(props: SettingsProps) {
  const SettingsSheet = useLoaded(
    async () => {
      await loadWords('settings', 'room', 'identity', 'notifications')
      return (await import('./settings-sheet.tsx')).SettingsSheet
    },
    () => {
      announce(t.room.moderation.failed)
      props.onClose()
    },
  )
  return SettingsSheet ? <SettingsSheet {...props} /> : null
}
