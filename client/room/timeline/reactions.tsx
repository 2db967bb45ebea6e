import type { Message } from '../../../src/protocol/server-frames.ts'
import { t } from '../../i18n/strings.ts'
import { useRoom } from '../room-context.ts'

/** The reactions to a message with their counts. A press adds the reader's own, or removes it. */
export function Reactions({ message }: { message: Message }) {
  const { actions } = useRoom()
  return (
    <ul class="reactions">
      {message.reactions?.map(({ emoji, by }) => (
        <li key={emoji}>
          <button
            type="button"
            class="reactions__one"
            aria-pressed={actions.hasReacted(message, emoji)}
            aria-label={t.room.timeline.reaction(emoji, by.length)}
            onClick={() => actions.react(message, emoji)}
          >
            <span class="reactions__emoji">{emoji}</span> {t.door.number(by.length)}
          </button>
        </li>
      ))}
    </ul>
  )
}
