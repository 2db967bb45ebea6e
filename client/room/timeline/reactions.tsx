import type { Message } from '../../../src/protocol/server-frames.ts'
import { t } from '../../i18n/strings.ts'
import { useRoom } from '../room-context.ts'

/** Who means the same; a press joins them, or leaves them again. */
export function Reactions({ message }: { message: Message }) {
  const { deeds } = useRoom()
  return (
    <ul class="reactions">
      {message.reactions?.map(({ emoji, by }) => (
        <li key={emoji}>
          <button
            type="button"
            class="reactions__one"
            aria-pressed={deeds.hasReacted(message, emoji)}
            aria-label={t.room.timeline.reaction(emoji, by.length)}
            onClick={() => deeds.react(message, emoji)}
          >
            <span class="reactions__emoji">{emoji}</span> {t.door.number(by.length)}
          </button>
        </li>
      ))}
    </ul>
  )
}
