import { useSignal } from '@preact/signals'
import { loadWords } from '../i18n/language.ts'
import { useLoaded } from '../ui/use-loaded.ts'

/** What a room may call one for, loaded where it is wanted. It is settled once it is there or will not be. */
export function useNotificationLevel(isWanted: boolean) {
  const isMissing = useSignal(false)
  const CallsChoice = useLoaded(
    async () => {
      if (!isWanted) return undefined
      await loadWords('notifications')
      return (await import('./notification-level-choice.tsx')).NotificationLevelChoice
    },
    () => {
      isMissing.value = true
    },
  )
  return { CallsChoice, isSettled: !isWanted || CallsChoice !== undefined || isMissing.value }
}
