import { t } from '../i18n/strings.ts'
import { MessageText } from '../markdown/message-text.tsx'
import { hasSeenWelcome, markWelcomeSeen } from '../storage/seen-welcomes.ts'
import { useRoom } from './room-context.ts'

/** What those who look after the room tell whoever comes, until it was read. The owner wrote it. */
export function Welcome() {
  const { room, self, house } = useRoom()
  const text = self.value?.welcome ?? ''
  if (text === '' || house.role.value === 'owner' || hasSeenWelcome(room, text)) return null
  return (
    <section class="welcome" aria-label={t.room.welcome.label}>
      <MessageText body={text} />
      <button type="button" class="button" onClick={() => markWelcomeSeen(room, text)}>
        {t.room.welcome.dismiss}
      </button>
    </section>
  )
}
