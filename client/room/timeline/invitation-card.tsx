import { roomPath } from '../../../src/protocol/names.ts'
import type { Invitation } from '../../../src/protocol/server-frames.ts'
import { t } from '../../i18n/strings.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useRoom } from '../room-context.ts'

/** An invitation to a private room, to accept or dismiss. */
export function InvitationCard({ invitation }: { invitation: Invitation }) {
  const { session } = useRoom()
  const { username, room } = invitation
  return (
    <li class="row-invitation">
      <section class="invitation" aria-label={t.room.invite.card(username)}>
        <Avatar name={username} />
        <p class="invitation__text">{t.room.invite.cardText(username)}</p>
        <div class="invitation__buttons">
          <a class="button button--primary" href={roomPath(room)}>
            {t.room.invite.accept}
          </a>
          <button type="button" class="button" onClick={() => session.dismiss(room)}>
            {t.room.invite.dismiss}
          </button>
        </div>
      </section>
    </li>
  )
}
