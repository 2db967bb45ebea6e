import { t } from '../i18n/strings.ts'
import { problemText } from '../net/problem-text.ts'
import { Icon } from '../ui/icon.tsx'
import { unavailability } from './connection-line.ts'
import { useRoom } from './room-context.ts'

/** The line above the composer: how many are here, the state of the connection, who is typing. */
export function StatusLine({ showPeople }: { showPeople(): void }) {
  const { people } = useRoom()
  const text = useStatusText()
  return (
    <div class="status-line">
      <button
        type="button"
        class="status-line__people"
        aria-label={people.online.value > 0 ? undefined : t.room.people.label}
        onClick={showPeople}
      >
        <Icon name="people" />
        {people.online.value > 0 && t.room.people.show(people.online.value)}
      </button>
      <p class="status-line__text" role="status">
        {text}
      </p>
      {!text && people.typing.value.length > 0 && (
        <p class="status-line__typing">{t.room.typing(people.typing.value)}</p>
      )}
    </div>
  )
}

function useStatusText(): string {
  const { moderation, invitations, notice, connection, held } = useRoom()
  const problem = notice.current.value
  if (problem) {
    const { code, message, of = 'updateChat' } = problem
    return [of === 'updateChat' ? '' : t.room.refused[of], problemText(code, message)].join(' ').trim()
  }
  if (moderation.outcome.value) return moderation.outcome.value
  const word = connection.word.value ?? (held.value && unavailability(held.value))
  if (word) return t.room.connection[word]
  return invitations.invitee.value === undefined ? '' : t.room.people.opening(invitations.invitee.value)
}
