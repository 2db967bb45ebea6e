import { t } from '../i18n/strings.ts'
import { MessageText } from '../markdown/message-text.tsx'
import { hasSeenWelcome, markWelcomeSeen } from '../storage/seen-welcomes.ts'
import { useRoom } from './room-context.ts'

/** The owner's welcome to visitors, until they dismiss it. */
export function Welcome() {
  const { room, self } = useRoom()
  const text = self.joined.value?.welcome ?? ''
  if (text === '' || self.role.value === 'owner' || hasSeenWelcome(room, text)) return null
  return (
    <section class="welcome" aria-label={t.room.welcome.label}>
      <MessageText body={text} />
      <button type="button" class="button" onClick={() => markWelcomeSeen(room, text)}>
        {t.room.welcome.dismiss}
      </button>
    </section>
  )
}
