import { loadWords } from '../i18n/language.ts'
import { useLazy } from '../ui/lazy.tsx'

/** The choice of a room's notification level. It is settled once it is loaded, or cannot be. */
export function useNotificationLevel(isWanted: boolean) {
  const { loaded, isMissing } = useLazy(async () => {
    if (!isWanted) return undefined
    await loadWords('notifications')
    return (await import('./notification-level-choice.tsx')).NotificationLevelChoice
  })
  return { LevelChoice: loaded, isSettled: !isWanted || loaded !== undefined || isMissing }
}
