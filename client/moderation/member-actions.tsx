import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { LIMITS } from '../../src/protocol/limits.ts'
import type { Moderation } from '../../src/protocol/moderation.ts'
import { ROLES } from '../../src/protocol/roles.ts'
import { h } from '../i18n/moderation-strings.ts'
import { useRoom } from '../room/room-context.ts'
import { Checkbox, FormField, RadioChoice } from '../ui/form-fields.tsx'
import { type ListedMember, type MembersStore, possible } from './members-store.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const MUTES = [
  [10 * MINUTE, h.spans.tenMinutes],
  [60 * MINUTE, h.spans.hour],
  [DAY, h.spans.day],
] as const

/** What those who look after the room can do about someone. */
export function MemberActions({ person, store }: { person: ListedMember; store: MembersStore }) {
  const { house } = useRoom()
  const reason = useSignal('')
  const network = useSignal(false)
  const isSure = useSignal(false)
  const done = useSignal('')
  const may = possible({ role: house.role.value, access: house.access.value }, person, Date.now())
  const { by, username } = person

  async function act(what: Moderation) {
    done.value = ''
    isSure.value = false
    if (!(await store.act(what))) return
    done.value = h.done[what.action](username)
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
    <div class="known__actions">
      {(may.mute || may.kick || may.ban) && (
        <FormField label={h.reason} more={h.reasonMore}>
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
        <Group label={h.mute}>
          {MUTES.map(([ms, label]) => button(label, () => act({ action: 'mute', by, ms, ...why() })))}
        </Group>
      )}
      {may.unmute && <div class="house__next">{button(h.unmute, () => act({ action: 'unmute', by }))}</div>}
      {may.kick && (
        <div class="house__next">
          {button(h.kick, () => act({ action: 'kick', by, ...why() }))}
          <span class="house__more">{h.kickMore}</span>
        </div>
      )}
      {may.ban && (
        <>
          <Group label={h.ban}>
            {(['day', 'ever'] as const).map((span) =>
              button(h.banFor[span], () =>
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
            label={h.network}
            checked={network.value}
            onTick={(checked) => {
              network.value = checked
            }}
          />
        </>
      )}
      {may.unban && <div class="house__next">{button(h.unban, () => act({ action: 'unban', by }))}</div>}
      {may.setRole && (
        <>
          <RadioChoice
            label={h.role}
            value={person.role}
            options={ROLES.filter((role) => role !== 'owner').map((role) => [role, h.roles[role]])}
            onPick={(picked) => {
              const role = ROLES.find((one) => one === picked)
              if (role) act({ action: 'setRole', by, role })
            }}
          />
          {isSure.value ? (
            <div role="alert">
              <p>{h.makeOwnerSure(username)}</p>
              <div class="house__next">
                {button(h.sure, () => act({ action: 'setRole', by, role: 'owner' }))}
                {button(h.no, () => {
                  isSure.value = false
                })}
              </div>
            </div>
          ) : (
            <div class="house__next">
              {button(h.makeOwner, () => {
                isSure.value = true
              })}
            </div>
          )}
        </>
      )}
      <p class="house__done" role="status">
        {store.problem.value || done.value}
      </p>
    </div>
  )
}

function Group({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <fieldset class="house__group">
      <legend class="field__label">{label}</legend>
      {children}
    </fieldset>
  )
}
