import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { dayAndClock, exactTime } from '../i18n/dates.ts'
import { t } from '../i18n/strings.ts'
import { useRoom } from '../room/room-context.ts'
import { type ListedAuditEntry, parseAuditEntries } from './audit-note.ts'
import { useRoomApi } from './use-room-api.ts'

/** The size of a page: fewer entries mean the end. */
const PAGE = 100

/** The moderators' actions, newest first. */
export function AuditList() {
  const { timeline, moderation } = useRoom()
  const notes = useSignal<readonly ListedAuditEntry[] | undefined>(undefined)
  const hasOlder = useSignal(false)
  const { problem, call } = useRoomApi()

  async function load() {
    const last = notes.peek()?.at(-1)
    const body = await call(last ? `/audit?before=${last.n}` : '/audit', 'GET')
    if (body === undefined) return
    const more = parseAuditEntries(body.notes)
    hasOlder.value = more.length >= PAGE
    notes.value = [...(notes.peek() ?? []), ...more]
  }
  useEffect(() => {
    load()
  }, [])

  if (notes.value === undefined) return <p role="status">{problem.value || t.moderation.loading}</p>
  if (notes.value.length === 0) return <p>{t.moderation.auditNone}</p>
  return (
    <>
      <ol class="moderation__list">
        {notes.value.map(({ n, time, text, ref }) => (
          <li key={n} class="audit-entry">
            <span class="audit-entry__text">{text}</span>
            <time class="audit-entry__time" dateTime={new Date(time).toISOString()} title={exactTime(time)}>
              {dayAndClock(time, Date.now())}
            </time>
            {ref !== undefined && (
              <button
                type="button"
                class="failed__action"
                onClick={() => {
                  moderation.dialog.value = undefined
                  timeline.jumpTo(ref)
                }}
              >
                {t.room.moderation.showReport}
              </button>
            )}
          </li>
        ))}
      </ol>
      {hasOlder.value && (
        <button type="button" class="button" onClick={load}>
          {t.moderation.auditOlder}
        </button>
      )}
      <p class="moderation__problem" role="alert">
        {problem.value}
      </p>
    </>
  )
}
