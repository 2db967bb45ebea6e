import type { ComponentChildren } from 'preact'
import { roomPath } from '../../src/protocol/names.ts'
import { may } from '../../src/protocol/roles.ts'
import { h } from '../i18n/moderation-strings.ts'
import { a } from '../i18n/notification-strings.ts'
import { t } from '../i18n/strings.ts'
import { useRoom } from '../room/room-context.ts'
import type { OpenDialog } from '../room/room-moderation.ts'
import { useCopying } from '../ui/copying.ts'
import { Icon } from '../ui/icon.tsx'

/** What can be done with the room, nearest first. */
export function RoomMenuDialog() {
  const { house, room, isPrivate, self } = useRoom()
  const { copied, copy } = useCopying(location.origin + roomPath(room), {
    copied: t.invite.copied,
    byHand: t.invite.copyByHand,
  })
  const leads = house.leads.value
  const to = (kind: Exclude<OpenDialog['kind'], 'person'>, icon: IconName, label: string) => (
    <Item
      icon={icon}
      onClick={() => {
        house.asked.value = { kind }
      }}
    >
      {label}
    </Item>
  )
  return (
    <>
      {!isPrivate.value && !house.isLed.value && <p class="house__note">{h.nobody}</p>}
      <div class="house__menu">
        {leads && to('settings', 'edit', h.settings)}
        {leads && to('people', 'people', h.people)}
        {leads && to('links', 'link', t.house.links)}
        {leads && to('audit', 'clock', h.audit)}
        {!isPrivate.value && self.value?.access !== 'invite' && (
          <Item icon={copied.value ? 'check' : 'copy'} onClick={copy}>
            {copied.value ? t.invite.copied : h.copyLink}
          </Item>
        )}
        {to('calls', 'bell', a.title)}
        {to('mine', 'smile', t.house.mine)}
        {to('leave', 'door', t.rooms.forget)}
        {to('forget', 'close', h.forget)}
        {may('eraseRoom', house.role.value, house.access.value) && to('erase', 'bin', h.erase)}
      </div>
    </>
  )
}

type IconName = Parameters<typeof Icon>[0]['name']

function Item({ icon, onClick, children }: { icon: IconName; onClick(): void; children: ComponentChildren }) {
  return (
    <button type="button" class="house__item" onClick={onClick}>
      <Icon name={icon} />
      {children}
    </button>
  )
}
