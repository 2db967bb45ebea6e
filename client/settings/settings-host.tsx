import { loadWords } from '../i18n/language.ts'
import { t } from '../i18n/strings.ts'
import { announce } from '../ui/announcer.tsx'
import { lazy } from '../ui/lazy.tsx'

export interface SettingsProps {
  onClose(): void
  /** The blocked people of the open room, and how to unblock them. */
  blocked?: readonly { by: string; username: string }[]
  unblock?(personId: string, username: string): Promise<void>
  /** Whether strangers can invite the person in the open room, and how to change it. */
  strangers?: { isRefused: boolean; refuse(isRefused: boolean): Promise<void> }
}

const SettingsSheet = lazy(async () => {
  await loadWords('settings', 'room', 'identity', 'notifications')
  return (await import('./settings-sheet.tsx')).SettingsSheet
})

/** The person's settings. */
export function SettingsHost(props: SettingsProps) {
  return (
    <SettingsSheet
      {...props}
      onMissing={() => {
        announce(t.room.moderation.failed)
        props.onClose()
      }}
    />
  )
}
