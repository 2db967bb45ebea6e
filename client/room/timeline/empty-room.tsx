import { roomPath } from '../../../src/protocol/names.ts'
import { t } from '../../i18n/strings.ts'
import { CopyLink } from '../../ui/copy-link.tsx'
import { DoorDrawing } from '../../ui/door-drawing.tsx'
import { useRoom } from '../room-context.ts'

/** A room without messages: it shows how to invite others. */
export function EmptyRoom() {
  const { room, self, info, moderation } = useRoom()
  const url = location.origin + roomPath(room)
  return (
    <div class="empty-room">
      <DoorDrawing state="ajar" />
      <h2>{t.room.invite.emptyTitle}</h2>
      {info.isPrivate.value ? (
        <p>
          {info.companion.value
            ? t.room.invite.emptyPrivate(info.companion.value)
            : t.room.invite.emptyPrivateUnknown}
        </p>
      ) : self.joined.value?.access === 'invite' ? (
        <>
          <p>{t.room.invite.emptyInvite}</p>
          {self.isModerator.value && (
            <button
              type="button"
              class="button button--primary"
              onClick={() => {
                moderation.dialog.value = { kind: 'links' }
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
