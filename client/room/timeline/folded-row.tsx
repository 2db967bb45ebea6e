import type { Message } from '../../../src/protocol/server-frames.ts'
import { t } from '../../i18n/strings.ts'
import { useUnblock } from '../people/use-unblock.ts'
import { useRoom } from '../room-context.ts'

/** Stands for a message of a blocked person. */
export function FoldedRow({ message }: { message: Message }) {
  const { moderation } = useRoom()
  return (
    <li class="message message--folded" data-state="folded" data-seq={message.seq} tabIndex={-1}>
      <p class="folded folded--away">
        {t.room.timeline.folded}
        <button type="button" class="failed__action" onClick={() => moderation.setShown(message.seq, true)}>
          {t.room.timeline.unfold}
        </button>
      </p>
    </li>
  )
}

/** The buttons below an unfolded message: fold it again, or unblock its author. */
export function ShownNote({ message: { seq, by, username } }: { message: Message }) {
  const { moderation } = useRoom()
  const unblock = useUnblock()
  return (
    <p class="folded">
      <button type="button" class="failed__action" onClick={() => moderation.setShown(seq, false)}>
        {t.room.timeline.fold}
      </button>
      <button type="button" class="failed__action" onClick={() => unblock(by, username)}>
        {t.room.moderation.unblock(username)}
      </button>
    </p>
  )
}
