import { Icon } from '../parts/icon.tsx'
import { problemText } from '../problem-text.ts'
import { t } from '../strings/strings.ts'
import { useRoom } from './room-context.ts'

/** The line above the composer: how many are here, how the connection stands, who is typing. */
export function StatusLine({ showPeople }: { showPeople(): void }) {
  const { online, typing } = useRoom()
  const said = useSaid()
  return (
    <div class="status-line">
      <button
        type="button"
        class="status-line__people"
        aria-label={t.room.showPeople(online.value)}
        onClick={showPeople}
      >
        <Icon name="people" />
        {t.room.here(online.value)}
      </button>
      <p class="status-line__said" role="status">
        {said}
      </p>
      {!said && typing.value.length > 0 && <p class="status-line__typing">{t.typing(typing.value)}</p>}
    </div>
  )
}

function useSaid(): string {
  const { connection, notice, invitations } = useRoom()
  const problem = notice.current.value
  if (problem) return problemText(problem.code, problem.message)
  if (connection.word.value) return t.connection[connection.word.value]
  return invitations.asking.value === undefined ? '' : t.room.opening(invitations.asking.value)
}
