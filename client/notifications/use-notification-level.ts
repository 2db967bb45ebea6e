import { loadWords } from '../i18n/language.ts'
import { useLazy } from '../ui/lazy.tsx'

/** The component that chooses a room's level. It is settled once it has loaded or has failed to. */
export function useNotificationLevel(isWanted: boolean) {
  const { loaded, isMissing } = useLazy(async () => {
    if (!isWanted) return undefined
    await loadWords('notifications')
    return (await import('./notification-level-choice.tsx')).NotificationLevelChoice
  })
  return { LevelChoice: loaded, isSettled: !isWanted || loaded !== undefined || isMissing }
}
