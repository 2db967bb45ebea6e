import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { loadAttentionWords } from '../strings/language.ts'

/** What a room may call one for; loaded with the first dialog that shows it. */
export function CallsHost({ room }: { room: string }) {
  const loaded = useSignal<ComponentType<{ room: string }> | undefined>(undefined)
  useEffect(() => {
    loadAttentionWords()
      .then(() => import('./calls-choice.tsx'))
      .then(
        ({ CallsChoice }) => {
          loaded.value = CallsChoice
        },
        // Without a connection what else can be done with the room is there.
        () => {},
      )
  }, [loaded])
  const CallsChoice = loaded.value
  return CallsChoice ? <CallsChoice room={room} /> : null
}
