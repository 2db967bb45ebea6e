import { t } from '../i18n/strings.ts'
import { useRoom } from './room-context.ts'

/** Tells a moderator of reports, in one line, until they look at them or dismiss them. */
export function ReportNotice() {
  const { timeline, moderation } = useRoom()
  const reports = moderation.reports.value
  if (reports === undefined) return null
  const { first, refs, others } = reports
  const more = refs.length - 1 + others
  const dismiss = () => {
    moderation.reports.value = undefined
  }
  return (
    <div class="report-notice" role="status">
      <p class="report-notice__text">
        {t.room.moderation.reported(first.username, first.reason.trim())}
        {/* Screen readers tell of the first report only: hundreds may follow. */}
        <span aria-live="off">{more > 0 && ` · ${t.room.moderation.moreReports(more)}`}</span>
      </p>
      <span class="report-notice__buttons" aria-live="off">
        <button
          type="button"
          class="failed__action"
          onClick={() => {
            dismiss()
            if (more > 0) moderation.dialog.value = { kind: 'audit' }
            else timeline.jumpTo(first.ref)
          }}
        >
          {more > 0 ? t.room.moderation.showReports : t.room.moderation.showReport}
        </button>
        <button type="button" class="failed__action" onClick={dismiss}>
          {t.room.moderation.dismissReport}
        </button>
      </span>
    </div>
  )
}
