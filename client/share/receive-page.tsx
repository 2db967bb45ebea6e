import '../styles/share.css'
import { roomPath } from '../../src/protocol/names.ts'
import { addToDraft } from '../memory/draft.ts'
import { recentRooms } from '../memory/recent-rooms.ts'
import { Doorstep } from '../parts/doorstep.tsx'
import { roomTitle } from '../room/room-title.ts'
import { go } from '../router.ts'
import { a } from '../strings/attention.ts'
import { t } from '../strings/strings.ts'

/** Chooses the room in which what was shared is going to be written. */
export function ReceivePage({ text }: { text: string }) {
  const known = recentRooms()
  if (text === '' || known.length === 0) {
    return (
      <Doorstep title={a.receive.title} text={text === '' ? a.receive.nothing : a.receive.none}>
        <a class="button button--primary" href="/">
          {t.closed.home}
        </a>
      </Doorstep>
    )
  }
  return (
    <Doorstep title={a.receive.title} text={a.receive.text}>
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
    </Doorstep>
  )
}
