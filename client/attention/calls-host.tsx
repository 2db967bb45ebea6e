import { useLoaded } from '../parts/use-loaded.ts'
import { loadAttentionWords } from '../strings/language.ts'

/** What a room may call one for; loaded with the first dialog that shows it. */
export function CallsHost({ room }: { room: string }) {
  // Without a connection what else can be done with the room is there.
  const CallsChoice = useLoaded(async () => {
    await loadAttentionWords()
    return (await import('./calls-choice.tsx')).CallsChoice
  })
  return CallsChoice ? <CallsChoice room={room} /> : null
}
