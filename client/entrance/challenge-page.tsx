import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../i18n/strings.ts'
import { textOf } from '../lib/parse-unknown.ts'
import { ask } from '../net/api.ts'
import { roomToReturnTo } from '../storage/challenge-return.ts'
import { MessagePage } from '../ui/message-page.tsx'
import { askTurnstile } from './turnstile-widget.ts'

/**
 * Where whoever is new to an open room shows that they are a person. It is a page of its own because the script of
 * another house runs on it: nothing of the room is here, and what it was is not in the address.
 */
export function ChallengePage() {
  const { title, text, more, failed } = t.door.closed.challengePage
  const place = useRef<HTMLDivElement>(null)
  const hasFailed = useSignal(false)
  const room = useRef(roomToReturnTo()).current

  useEffect(() => {
    if (room === undefined) return location.replace('/')
    pass(room.path, place.current).then(
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

async function pass(path: string, place: HTMLElement | null): Promise<void> {
  const door = await ask(`/api/rooms${path.slice('/r'.length)}`, 'GET')
  // Whoever is let in by now has nothing to show.
  if (door?.ok) return
  const sitekey = textOf(door?.body.siteKey)
  if (sitekey === undefined || place === null) throw new Error('Nothing asks for it')
  const token = await askTurnstile(place, sitekey)
  const answer = await ask('/api/session/challenge', 'POST', { token })
  if (!answer?.ok) throw new Error('It was not taken')
}
