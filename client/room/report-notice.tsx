import { t } from '../i18n/strings.ts'
import { useRoom } from './room-context.ts'

/** Someone brought a message before those who look after the room: it waits quietly until one has looked. */
export function ReportNotice() {
  const { house, jumpTo } = useRoom()
  const report = house.reported.value
  if (report === undefined) return null
  const putAway = () => {
    house.reported.value = undefined
  }
  return (
    <div class="aside-note" role="status">
      <p class="aside-note__words">{t.room.moderation.reported(report.username, report.reason.trim())}</p>
      <span class="aside-note__next">
        <button
          type="button"
          class="failed__action"
          onClick={() => {
            putAway()
            jumpTo(report.ref)
          }}
        >
          {t.room.moderation.showReport}
        </button>
        <button type="button" class="failed__action" onClick={putAway}>
          {t.room.moderation.dismissReport}
        </button>
      </span>
    </div>
  )
}
