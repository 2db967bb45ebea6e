import { roomPath } from '../../src/protocol/names.ts'
import { snippetOf } from '../markdown/snippet.ts'
import { go } from '../routing/router.ts'

export interface NotificationContent {
  room: string
  /** The message that it leads to, if it is one. */
  seq?: number
  title: string
  body: string
}

/** One for each room: a newer one takes the place of the one before. */
export function notify(
  { room, seq, title, body }: NotificationContent,
  goToMessage: (room: string, seq: number) => void,
): void {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return
  const path = seq === undefined ? roomPath(room) : `${roomPath(room)}#m=${seq}`
  const said = { body: snippetOf(body), tag: room, icon: '/icon-192.png', data: { path } }
  try {
    const shown = new Notification(title, said)
    shown.onclick = () => {
      focus()
      shown.close()
      if (seq === undefined) go(path)
      else goToMessage(room, seq)
    }
  } catch {
    // On phones only the worker of the page may show one; it opens the path that comes with it.
    navigator.serviceWorker?.ready.then((worker) => worker.showNotification(title, said)).catch(() => {})
  }
}
