import { useSignal } from '@preact/signals'
import { LIMITS } from '../../src/protocol/limits.ts'
import { t } from '../i18n/strings.ts'
import { snippetOf } from '../markdown/read-text.ts'
import { useRoom } from '../room/room-context.ts'
import type { OpenDialog } from '../room/room-moderation.ts'
import { FormField } from '../ui/form-fields.tsx'
import { fingerprintOf } from './fingerprint.ts'
import { MemberActions } from './member-actions.tsx'
import { notesOf, useMembers } from './members-list.tsx'
import { useRoomApi } from './use-room-api.ts'

type About = Extract<OpenDialog, { kind: 'person' }>

/** A person, and perhaps a message of theirs, with everyone's actions and then the moderators'. */
export function MemberRow({ about }: { about: About }) {
  const { self, info } = useRoom()
  return (
    <>
      {about.message && (
        <p class="message-actions__message" dir="auto">
          {snippetOf(about.message.body)}
        </p>
      )}
      {about.by !== undefined && (
        <p class="moderation__hint">{t.moderation.fingerprint(fingerprintOf(about.by))}</p>
      )}
      {about.message && info.hasModerators.value && <Report seq={about.message.seq} />}
      {about.by !== undefined && <Block by={about.by} username={about.username} />}
      {self.isModerator.value && <Moderating about={about} />}
    </>
  )
}

function Moderating({ about: { by, username } }: { about: About }) {
  const { room } = useRoom()
  const store = useMembers(room)
  const people = store.people.value
  if (people === undefined) return <p role="status">{store.problem.value || t.moderation.loading}</p>
  const person = people.find((one) => (by === undefined ? one.username === username : one.by === by))
  if (person === undefined) return null
  return (
    <section class="moderation__section">
      <p class="moderation__hint">
        {[...notesOf(person), ...(by === undefined ? [fingerprintOf(person.by)] : [])].join(' · ')}
      </p>
      <MemberActions person={person} store={store} />
    </section>
  )
}

/** Reports a message to the moderators, after a second question that takes a reason. */
function Report({ seq }: { seq: number }) {
  const { moderation } = useRoom()
  const isAsked = useSignal(false)
  const reason = useSignal('')
  const { problem, call } = useRoomApi()

  async function send(event: Event) {
    event.preventDefault()
    const why = reason.peek().trim()
    if (!(await call('/reports', 'POST', why === '' ? { ref: seq } : { ref: seq, reason: why }))) return
    moderation.showOutcome(t.moderation.reported)
    moderation.dialog.value = undefined
  }

  if (!isAsked.value)
    return (
      <button
        type="button"
        class="button"
        onClick={() => {
          isAsked.value = true
        }}
      >
        {t.moderation.report}
      </button>
    )
  return (
    <form class="moderation__section" onSubmit={send}>
      <p>{t.moderation.reportMore}</p>
      <FormField label={t.moderation.reason}>
        {(id) => (
          <input
            id={id}
            class="field"
            dir="auto"
            autocomplete="off"
            autocapitalize="sentences"
            enterkeyhint="done"
            maxLength={LIMITS.reasonLength}
            value={reason.value}
            onInput={({ currentTarget }) => {
              reason.value = currentTarget.value
            }}
          />
        )}
      </FormField>
      <p class="moderation__problem" role="alert">
        {problem.value}
      </p>
      <div class="moderation__buttons">
        <button type="submit" class="button button--primary">
          {t.moderation.reportSend}
        </button>
      </div>
    </form>
  )
}

function Block({ by, username }: { by: string; username: string }) {
  const { moderation } = useRoom()
  const { problem, call } = useRoomApi()
  const isBlocked = moderation.blocked.value.has(by)

  async function change() {
    if (!(await call(`/blocks/${encodeURIComponent(by)}`, isBlocked ? 'DELETE' : 'PUT'))) return
    moderation.showOutcome(isBlocked ? t.room.moderation.unblocked(username) : t.moderation.blocked(username))
    moderation.dialog.value = undefined
  }

  return (
    <section class="moderation__section">
      <button type="button" class="button" onClick={change}>
        {isBlocked ? t.room.moderation.unblock(username) : t.moderation.block(username)}
      </button>
      <p class="moderation__hint">{!isBlocked && t.moderation.blockMore}</p>
      <p class="moderation__problem" role="alert">
        {problem.value}
      </p>
    </section>
  )
}
