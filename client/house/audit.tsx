import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { useRoom } from '../room/room-context.ts'
import { dayAndClock, exactTime } from '../strings/dates.ts'
import { h } from '../strings/house.ts'
import { t } from '../strings/strings.ts'
import { type AuditNote, readNotes } from './audit-note.ts'
import { callsOf } from './call.ts'

/** So many come at once: fewer are the last ones. */
const PAGE = 100

/** What those who look after the room have done, newest first. */
export function Audit() {
  const { room, house, jumpTo } = useRoom()
  const notes = useSignal<readonly AuditNote[] | undefined>(undefined)
  const hasOlder = useSignal(false)
  const problem = useSignal('')

  async function load() {
    const last = notes.peek()?.at(-1)
    const answer = await callsOf(room)(last ? `/audit?before=${last.n}` : '/audit', 'GET')
    if (!answer.ok) {
      problem.value = answer.words
      return
    }
    const more = readNotes(answer.body.notes)
    hasOlder.value = more.length >= PAGE
    notes.value = [...(notes.peek() ?? []), ...more]
  }
  useEffect(() => {
    load()
  }, [])

  if (notes.value === undefined) return <p role="status">{problem.value || h.loading}</p>
  if (notes.value.length === 0) return <p>{h.auditNone}</p>
  return (
    <>
      <ol class="house__list">
        {notes.value.map(({ n, time, said, ref }) => (
          <li key={n} class="audit">
            <span class="audit__said">{said}</span>
            <time class="audit__time" dateTime={new Date(time).toISOString()} title={exactTime(time)}>
              {dayAndClock(time, Date.now())}
            </time>
            {ref !== undefined && (
              <button
                type="button"
                class="failed__action"
                onClick={() => {
                  house.asked.value = undefined
                  jumpTo(ref)
                }}
              >
                {t.house.see}
              </button>
            )}
          </li>
        ))}
      </ol>
      {hasOlder.value && (
        <button type="button" class="button" onClick={load}>
          {h.auditOlder}
        </button>
      )}
      <p class="house__problem" role="alert">
        {problem.value}
      </p>
    </>
  )
}
