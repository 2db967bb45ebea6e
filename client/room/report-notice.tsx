import { t } from '../i18n/strings.ts'
import { useRoom } from './room-context.ts'

/** Tells a moderator of the newest report, until they look at it or dismiss it. */
export function ReportNotice() {
  const { timeline, moderation } = useRoom()
  const report = moderation.newestReport.value
  if (report === undefined) return null
  const dismiss = () => {
    moderation.newestReport.value = undefined
  }
  return (
    <div class="report-notice" role="status">
      <p class="report-notice__text">{t.room.moderation.reported(report.username, report.reason.trim())}</p>
      <span class="report-notice__buttons">
        <button
          type="button"
          class="failed__action"
          onClick={() => {
            dismiss()
            timeline.jumpTo(report.ref)
          }}
        >
          {t.room.moderation.showReport}
        </button>
        <button type="button" class="failed__action" onClick={dismiss}>
          {t.room.moderation.dismissReport}
        </button>
      </span>
    </div>
  )
}
