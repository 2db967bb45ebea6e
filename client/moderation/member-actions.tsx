import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { LIMITS } from '../../src/protocol/limits.ts'
import type { Moderation } from '../../src/protocol/moderation.ts'
import { ROLES } from '../../src/protocol/roles.ts'
import { t } from '../i18n/strings.ts'
import { useRoom } from '../room/room-context.ts'
import { Checkbox, FormField, RadioChoice } from '../ui/form-fields.tsx'
import { type ListedMember, type MembersStore, possible } from './members-store.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const MUTES = [
  [10 * MINUTE, t.moderation.spans.tenMinutes],
  [60 * MINUTE, t.moderation.spans.hour],
  [DAY, t.moderation.spans.day],
] as const

/** The moderators' actions about a person. */
export function MemberActions({ person, store }: { person: ListedMember; store: MembersStore }) {
  const { self, info } = useRoom()
  const reason = useSignal('')
  const network = useSignal(false)
  const isSure = useSignal(false)
  const done = useSignal('')
  const may = possible({ role: self.role.value, access: info.access.value }, person, Date.now())
  const { by, username } = person

  async function act(what: Moderation) {
    done.value = ''
    isSure.value = false
    if (!(await store.act(what))) return
    done.value = t.moderation.done[what.action](username)
    reason.value = ''
    network.value = false
  }
  const why = () => (reason.value.trim() === '' ? {} : { reason: reason.value.trim() })
  const button = (label: string, onClick: () => void) => (
    <button key={label} type="button" class="button" onClick={onClick}>
      {label}
    </button>
  )

  if (!Object.values(may).includes(true)) return null
  return (
    <div class="member-row__actions">
      {(may.mute || may.kick || may.ban) && (
        <FormField label={t.moderation.reason} more={t.moderation.reasonMore}>
          {(id) => (
            <input
              id={id}
              class="field"
              dir="auto"
              autocomplete="off"
              autocapitalize="sentences"
              enterkeyhint="done"
              aria-describedby={`${id}-more`}
              maxLength={LIMITS.reasonLength}
              value={reason.value}
              onInput={({ currentTarget }) => {
                reason.value = currentTarget.value
              }}
            />
          )}
        </FormField>
      )}
      {may.mute && (
        <Group label={t.moderation.mute}>
          {MUTES.map(([ms, label]) => button(label, () => act({ action: 'mute', by, ms, ...why() })))}
        </Group>
      )}
      {may.unmute && (
        <div class="moderation__buttons">
          {button(t.moderation.unmute, () => act({ action: 'unmute', by }))}
        </div>
      )}
      {may.kick && (
        <div class="moderation__buttons">
          {button(t.moderation.kick, () => act({ action: 'kick', by, ...why() }))}
          <span class="moderation__hint">{t.moderation.kickMore}</span>
        </div>
      )}
      {may.ban && (
        <>
          <Group label={t.moderation.ban}>
            {(['day', 'ever'] as const).map((span) =>
              button(t.moderation.banFor[span], () =>
                act({
                  action: 'ban',
                  by,
                  ...(span === 'day' ? { ms: DAY } : {}),
                  ...(network.value ? { network: true } : {}),
                  ...why(),
                }),
              ),
            )}
          </Group>
          <Checkbox
            label={t.moderation.network}
            checked={network.value}
            onTick={(checked) => {
              network.value = checked
            }}
          />
        </>
      )}
      {may.unban && (
        <div class="moderation__buttons">
          {button(t.moderation.unban, () => act({ action: 'unban', by }))}
        </div>
      )}
      {may.setRole && (
        <>
          <RadioChoice
            label={t.moderation.role}
            value={person.role}
            options={ROLES.filter((role) => role !== 'owner').map((role) => [role, t.moderation.roles[role]])}
            onPick={(picked) => {
              const role = ROLES.find((one) => one === picked)
              if (role) act({ action: 'setRole', by, role })
            }}
          />
          {isSure.value ? (
            <div role="alert">
              <p>{t.moderation.makeOwnerConfirm(username)}</p>
              <div class="moderation__buttons">
                {button(t.moderation.confirm, () => act({ action: 'setRole', by, role: 'owner' }))}
                {button(t.moderation.cancel, () => {
                  isSure.value = false
                })}
              </div>
            </div>
          ) : (
            <div class="moderation__buttons">
              {button(t.moderation.makeOwner, () => {
                isSure.value = true
              })}
            </div>
          )}
        </>
      )}
      <p class="moderation__outcome" role="status">
        {store.problem.value || done.value}
      </p>
    </div>
  )
}

function Group({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <fieldset class="moderation__group">
      <legend class="field__label">{label}</legend>
      {children}
    </fieldset>
  )
}
