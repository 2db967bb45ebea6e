import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { LIMITS } from '../../src/protocol/limits.ts'
import { RETENTIONS } from '../../src/protocol/retentions.ts'
import { may } from '../../src/protocol/roles.ts'
import { t } from '../i18n/strings.ts'
import { useRoom } from '../room/room-context.ts'
import { Checkbox, FormField, RadioChoice } from '../ui/form-fields.tsx'
import { changesOf, keepsLess, type SettingsDraft, SLOW_MS, settingsOf } from './room-settings.ts'
import { useRoomApi } from './use-room-api.ts'

const { field } = t.moderation

/** The room's settings: owners change all of them, moderators the lock and slow mode. */
export function SettingsForm() {
  const { self, info, moderation } = useRoom()
  const isOwner = may('govern', self.role.value, info.access.value)
  const before = useMemo(() => settingsOf(self.joined.peek() ?? {}), [self])
  const now = useSignal(before)
  const { problem, clearProblem, call } = useRoomApi()
  const set = (change: Partial<SettingsDraft>) => {
    now.value = { ...now.value, ...change }
  }
  const { title, welcome, locked, slowMs, retention, access } = now.value

  async function save(event: Event) {
    event.preventDefault()
    clearProblem()
    const change = changesOf(before, now.peek())
    if (Object.keys(change).length > 0) {
      if (!(await call('', 'PATCH', change))) return
      moderation.showOutcome(t.moderation.saved)
    }
    moderation.dialog.value = undefined
  }

  return (
    <form class="moderation__form" onSubmit={save}>
      {isOwner && (
        <>
          <FormField label={field.title} more={field.titleMore}>
            {(id) => (
              <input
                id={id}
                class="field"
                dir="auto"
                autocomplete="off"
                autocapitalize="words"
                enterkeyhint="done"
                aria-describedby={`${id}-more`}
                maxLength={LIMITS.titleLength}
                value={title}
                onInput={({ currentTarget }) => set({ title: currentTarget.value })}
              />
            )}
          </FormField>
          <FormField label={field.welcome} more={field.welcomeMore}>
            {(id) => (
              <textarea
                id={id}
                class="field"
                dir="auto"
                autocapitalize="sentences"
                rows={3}
                aria-describedby={`${id}-more`}
                maxLength={LIMITS.welcomeLength}
                value={welcome}
                onInput={({ currentTarget }) => set({ welcome: currentTarget.value })}
              />
            )}
          </FormField>
          <RadioChoice
            label={field.access}
            value={access}
            options={[
              ['open', field.open],
              ['invite', field.invite],
            ]}
            onPick={(picked) => set({ access: picked === 'invite' ? 'invite' : 'open' })}
          />
          {access === 'invite' && before.access === 'open' && (
            <p class="moderation__note" role="status">
              {t.moderation.inviteHint}
            </p>
          )}
        </>
      )}
      <Checkbox label={field.locked} checked={locked} onTick={(checked) => set({ locked: checked })} />
      <RadioChoice
        label={field.slow}
        more={field.slowMore}
        value={String(slowMs)}
        options={[...new Set([...SLOW_MS, before.slowMs])].map((ms) => [String(ms), t.moderation.slow(ms)])}
        onPick={(picked) => set({ slowMs: Number(picked) })}
      />
      {isOwner && (
        <>
          <RadioChoice
            label={field.retention}
            value={retention}
            options={RETENTIONS.map((one) => [one, t.moderation.retention[one]])}
            onPick={(picked) => set({ retention: RETENTIONS.find((one) => one === picked) ?? 'forever' })}
          />
          {keepsLess(before.retention, retention) && (
            <p class="moderation__warning" role="alert">
              {t.moderation.retentionWarning(t.moderation.retention[retention])}
            </p>
          )}
        </>
      )}
      <p class="moderation__problem" role="alert">
        {problem.value}
      </p>
      <div class="moderation__buttons">
        <button type="submit" class="button button--primary">
          {t.moderation.save}
        </button>
        {isOwner && (
          <button
            type="button"
            class="button"
            onClick={() => {
              moderation.dialog.value = { kind: 'people', isTransfer: true }
            }}
          >
            {t.moderation.transfer}
          </button>
        )}
      </div>
    </form>
  )
}
