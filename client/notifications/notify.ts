import { roomPath } from '../../src/protocol/names.ts'
import { go } from '../routing/router.ts'
import { whenIdentityEnds } from '../storage/identity-mark.ts'

export interface NotificationContent {
  room: string
  /** The message it leads to, if it is about one. */
  seq?: number
  title: string
  body: string
}

/** The notifications that this page has shown. */
const shownHere = new Set<Notification>()

/** They name people and what they said: they close when the identity in this browser ends. */
export function closeNotificationsWithIdentity(): void {
  whenIdentityEnds(() => {
    for (const shown of shownHere) shown.close()
  })
}

/** One notification a room: a newer one replaces it. */
export function notify(
  { room, seq, title, body }: NotificationContent,
  goToMessage: (room: string, seq: number) => void,
): void {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return
  const path = seq === undefined ? roomPath(room) : `${roomPath(room)}#m=${seq}`
  const options = { body, tag: room, icon: '/icon-192.png', data: { path } }
  try {
    const shown = new Notification(title, options)
    shownHere.add(shown)
    shown.onclose = () => shownHere.delete(shown)
    shown.onclick = () => {
      focus()
      shown.close()
      if (seq === undefined) go(path)
      else goToMessage(room, seq)
    }
  } catch {
    // On phones only the service worker may show one; it opens the path in it.
    navigator.serviceWorker?.ready.then((worker) => worker.showNotification(title, options)).catch(() => {})
  }
}
