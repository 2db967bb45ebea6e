import { useSignal } from '@preact/signals'
import { t } from '../i18n/strings.ts'
import { deleteAll, leaveDevice, type NotForgotten } from './delete-all.ts'

/** Deletes everything after a second question, and lists the rooms that refused. */
export function DeleteAllPart() {
  const stage = useSignal<'rest' | 'asked' | 'busy' | 'left'>('rest')
  const now = useSignal('')
  const problem = useSignal('')
  const left = useSignal<readonly NotForgotten[]>([])

  async function leave() {
    problem.value = (await leaveDevice()) ?? ''
  }

  async function go() {
    if (stage.value === 'busy') return
    stage.value = 'busy'
    problem.value = ''
    left.value = await deleteAll((room) => {
      now.value = t.settings.deleting(room)
    })
    now.value = ''
    stage.value = left.value.length === 0 ? 'asked' : 'left'
    if (left.value.length === 0) await leave()
  }

  const isAsked = stage.value !== 'rest'
  return (
    <section class="device">
      <h3>{t.settings.deleteAll}</h3>
      <p class="device__more">{t.settings.deleteMore}</p>
      <div class="device__buttons">
        <button
          type="button"
          class={isAsked ? 'button button--danger' : 'button'}
          aria-disabled={stage.value === 'busy'}
          onClick={() => {
            if (isAsked) go()
            else stage.value = 'asked'
          }}
        >
          {isAsked ? t.settings.deleteConfirm : t.settings.deleteAll}
        </button>
        {stage.value === 'left' && (
          <button type="button" class="button" onClick={leave}>
            {t.settings.signOutAnyway}
          </button>
        )}
        {isAsked && stage.value !== 'busy' && (
          <button
            type="button"
            class="button"
            onClick={() => {
              stage.value = 'rest'
              left.value = []
            }}
          >
            {t.settings.cancel}
          </button>
        )}
      </div>
      <p role="status">{now.value}</p>
      <div class="field__problem" role="alert">
        {left.value.length > 0 && <p>{t.settings.someNotDeleted}</p>}
        {left.value.map(({ room, why }) => (
          <p key={room}>{t.settings.notDeleted(room, why)}</p>
        ))}
        {problem.value}
      </div>
    </section>
  )
}
