import { t } from '../i18n/strings.ts'
import { useRoom } from '../room/room-context.ts'
import { forgetRoom, forgetTraces } from '../rooms/forget-room.ts'
import { useRoomApi } from './use-room-api.ts'
import { waitUntilClosed } from './wait-until-closed.ts'

/** The room closes after this. If no close arrives, the page leaves by itself. */
const SHUT_MS = 5_000

interface Props {
  /** What is deleted, and that it cannot be undone. */
  text: string
  sure: string
  /** The path of the DELETE call, below the room. */
  path: string
}

/** An action that cannot be undone and takes the room off the person's list. */
export function IrreversibleAction({ text, sure, path }: Props) {
  const { room, session, moderation } = useRoom()
  const { problem, call } = useRoomApi()

  async function go() {
    if (!(await call(path, 'DELETE'))) return
    const isShut = await waitUntilClosed(SHUT_MS, session)
    await (isShut ? forgetTraces(room) : forgetRoom(room))
  }

  return (
    <>
      <p>{text}</p>
      <p class="moderation__problem" role="alert">
        {problem.value}
      </p>
      <div class="moderation__buttons">
        <button type="button" class="button button--danger" onClick={go}>
          {sure}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            moderation.dialog.value = undefined
          }}
        >
          {t.moderation.cancel}
        </button>
      </div>
    </>
  )
}
