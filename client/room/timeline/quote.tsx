import { t } from '../../i18n/strings.ts'
import { snippetOf } from '../../markdown/read-text.ts'
import { useRoom } from '../room-context.ts'

/** The message that a reply answers, on one line. A click goes there. */
export function Quote({ seq }: { seq: number }) {
  const { timeline, moderation, people } = useRoom()
  const message = timeline.messages.value.get(seq)
  return (
    <button type="button" class="quote" onClick={() => timeline.jumpTo(seq)}>
      <span class="visually-hidden">{t.room.timeline.inReplyTo}</span>
      {message && (
        <span class="quote__name" dir="auto">
          {message.username}
        </span>
      )}
      <span class="quote__text" dir="auto">
        {message === undefined
          ? t.room.timeline.quoteAbove
          : message.deleted
            ? t.room.timeline.deleted
            : moderation.blocked.value.has(message.by)
              ? t.room.timeline.folded
              : snippetOf(message.body, people.mentionable.value)}
      </span>
    </button>
  )
}
