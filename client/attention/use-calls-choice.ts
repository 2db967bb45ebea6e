import { useSignal } from '@preact/signals'
import { useLoaded } from '../parts/use-loaded.ts'
import { loadAttentionWords } from '../strings/language.ts'

/** What a room may call one for; loaded with the first dialog that shows it. It is settled once it is there or cannot be had. */
export function useCallsChoice() {
  const isMissing = useSignal(false)
  const CallsChoice = useLoaded(
    async () => {
      await loadAttentionWords()
      return (await import('./calls-choice.tsx')).CallsChoice
    },
    () => {
      isMissing.value = true
    },
  )
  return { CallsChoice, isSettled: CallsChoice !== undefined || isMissing.value }
}
