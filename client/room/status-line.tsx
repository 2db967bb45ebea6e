import { t } from '../i18n/strings.ts'
import { problemText } from '../net/problem-text.ts'
import { Icon } from '../ui/icon.tsx'
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
        aria-label={online.value > 0 ? undefined : t.room.people.label}
        onClick={showPeople}
      >
        <Icon name="people" />
        {online.value > 0 && t.room.people.show(online.value)}
      </button>
      <p class="status-line__said" role="status">
        {said}
      </p>
      {!said && typing.value.length > 0 && <p class="status-line__typing">{t.room.typing(typing.value)}</p>}
    </div>
  )
}

function useSaid(): string {
  const { connection, notice, invitations, house } = useRoom()
  const problem = notice.current.value
  if (problem) {
    const { code, message, of = 'updateChat' } = problem
    return [of === 'updateChat' ? '' : t.room.refused[of], problemText(code, message)].join(' ').trim()
  }
  if (house.told.value) return house.told.value
  if (connection.word.value) return t.room.connection[connection.word.value]
  return invitations.asking.value === undefined ? '' : t.room.people.opening(invitations.asking.value)
}
