import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../i18n/strings.ts'
import { textOf } from '../lib/parse-unknown.ts'
import { ask } from '../net/api.ts'
import { roomToReturnTo } from '../storage/challenge-return.ts'
import { MessagePage } from '../ui/message-page.tsx'
import { askTurnstile } from './turnstile-widget.ts'

/**
 * New visitors of an open room show here that they are human. It is a page of its own because it runs a third party's
 * script: nothing of the room is on it, and its address does not name the room.
 */
export function ChallengePage() {
  const { title, text, more, failed } = t.identity.challenge
  const place = useRef<HTMLDivElement>(null)
  const hasFailed = useSignal(false)
  const room = useRef(roomToReturnTo()).current

  useEffect(() => {
    if (room === undefined) return location.replace('/')
    passChallenge(room.path, place.current).then(
      () => location.replace(room.path + room.hash),
      () => {
        hasFailed.value = true
      },
    )
  }, [room, hasFailed])

  return (
    <MessagePage title={title} text={text} more={more}>
      <div ref={place} />
      {hasFailed.value && (
        <>
          <p class="field__problem" role="alert">
            {failed}
          </p>
          <button type="button" class="button button--primary" onClick={() => location.reload()}>
            {t.door.closed.retry}
          </button>
        </>
      )}
    </MessagePage>
  )
}

async function passChallenge(path: string, place: HTMLElement | null): Promise<void> {
  const facts = await ask(`/api/rooms${path.slice('/r'.length)}`, 'GET')
  // The room lets this visitor in without a challenge by now.
  if (facts?.ok) return
  const sitekey = textOf(facts?.body.siteKey)
  if (sitekey === undefined || place === null) throw new Error('The room asks for no challenge')
  const token = await askTurnstile(place, sitekey)
  const answer = await ask('/api/session/challenge', 'POST', { token })
  if (!answer?.ok) throw new Error('The server refused the token')
}
