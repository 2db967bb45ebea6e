import '../styles/share.css'
import { roomPath } from '../../src/protocol/names.ts'
import { t } from '../i18n/strings.ts'
import { go } from '../routing/router.ts'
import { addToDraft } from '../storage/draft.ts'
import { recentRooms } from '../storage/recent-rooms.ts'
import { MessagePage } from '../ui/message-page.tsx'
import { roomTitle } from '../ui/room-title.ts'
import { sharedText } from './shared-text.ts'

/** Chooses the room whose draft gets the shared text. */
export function ReceivePage({ query }: { query: string }) {
  const text = sharedText(query)
  const known = recentRooms()
  if (text === '' || known.length === 0) {
    return (
      <MessagePage
        title={t.notifications.receive.title}
        text={text === '' ? t.notifications.receive.nothing : t.notifications.receive.none}
      >
        <a class="button button--primary" href="/">
          {t.door.closed.home}
        </a>
      </MessagePage>
    )
  }
  return (
    <MessagePage title={t.notifications.receive.title} text={t.notifications.receive.text}>
      <div class="receive">
        <p class="receive__text" dir="auto">
          {text}
        </p>
        <ul class="receive__rooms">
          {known.map(({ room, companion, title }) => (
            <li key={room}>
              <button
                type="button"
                class="button"
                onClick={() => {
                  addToDraft(room, text)
                  go(roomPath(room))
                }}
              >
                {roomTitle(room, companion, title)}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </MessagePage>
  )
}
