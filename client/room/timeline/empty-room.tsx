import { roomPath } from '../../../src/protocol/names.ts'
import { t } from '../../i18n/strings.ts'
import { CopyLink } from '../../ui/copy-link.tsx'
import { DoorDrawing } from '../../ui/door-drawing.tsx'
import { useRoom } from '../room-context.ts'

/** A room in which nothing was said yet: an invite rather than a void. */
export function EmptyRoom() {
  const { room, isPrivate, companion, self, house } = useRoom()
  const url = location.origin + roomPath(room)
  return (
    <div class="empty-room">
      <DoorDrawing state="ajar" />
      <h2>{t.room.invite.emptyTitle}</h2>
      {isPrivate.value ? (
        <p>
          {companion.value ? t.room.invite.emptyPrivate(companion.value) : t.room.invite.emptyPrivateUnknown}
        </p>
      ) : self.value?.access === 'invite' ? (
        <>
          <p>{t.room.invite.emptyInvite}</p>
          {house.leads.value && (
            <button
              type="button"
              class="button button--primary"
              onClick={() => {
                house.asked.value = { kind: 'links' }
              }}
            >
              {t.room.moderation.links}
            </button>
          )}
        </>
      ) : (
        <>
          <p>{t.room.invite.emptyText}</p>
          <p class="empty-room__link">{url.replace(/^https?:\/\//, '')}</p>
          <CopyLink url={url} primary />
        </>
      )}
    </div>
  )
}
