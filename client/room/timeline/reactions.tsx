import type { Message } from '../../../src/protocol/server-frames.ts'
import { t } from '../../strings/strings.ts'

export function Reactions({ reactions }: { reactions: NonNullable<Message['reactions']> }) {
  return (
    <ul class="reactions">
      {reactions.map(({ emoji, by }) => (
        <li key={emoji} class="reactions__one">
          <span aria-hidden="true">
            {emoji} {by.length}
          </span>
          <span class="unseen">{t.timeline.reaction(emoji, by.length)}</span>
        </li>
      ))}
    </ul>
  )
}
