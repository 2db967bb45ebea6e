import type { ComponentChildren } from 'preact'
import { roomPath } from '../../src/protocol/names.ts'
import { may } from '../../src/protocol/roles.ts'
import { t } from '../i18n/strings.ts'
import { useRoom } from '../room/room-context.ts'
import type { OpenDialog } from '../room/room-moderation.ts'
import { useCopying } from '../ui/copying.ts'
import { Icon } from '../ui/icon.tsx'

/** The room's menu. */
export function RoomMenuDialog() {
  const { room, self, info, moderation } = useRoom()
  const { copied, copy } = useCopying(location.origin + roomPath(room), {
    copied: t.room.invite.copied,
    byHand: t.room.invite.copyByHand,
  })
  const isModerator = self.isModerator.value
  const to = (kind: Exclude<OpenDialog['kind'], 'person'>, icon: IconName, label: string) => (
    <Item
      icon={icon}
      onClick={() => {
        moderation.dialog.value = { kind }
      }}
    >
      {label}
    </Item>
  )
  return (
    <>
      {!info.isPrivate.value && !info.hasModerators.value && (
        <p class="moderation__note">{t.moderation.noOwner}</p>
      )}
      <div class="moderation__menu">
        {isModerator && to('settings', 'edit', t.moderation.settings)}
        {isModerator && to('people', 'people', t.moderation.people)}
        {isModerator && to('links', 'link', t.room.moderation.links)}
        {isModerator && to('audit', 'clock', t.moderation.audit)}
        {!info.isPrivate.value && self.joined.value?.access !== 'invite' && (
          <Item icon={copied.value ? 'check' : 'copy'} onClick={copy}>
            {copied.value ? t.room.invite.copied : t.moderation.copyLink}
          </Item>
        )}
        {to('notifications', 'bell', t.notifications.title)}
        {to('mine', 'smile', t.room.moderation.yourSettings)}
        {to('leave', 'door', t.room.rooms.forget)}
        {to('forget', 'close', t.moderation.forget)}
        {may('eraseRoom', self.role.value, info.access.value) && to('erase', 'bin', t.moderation.erase)}
      </div>
    </>
  )
}

type IconName = Parameters<typeof Icon>[0]['name']

function Item({ icon, onClick, children }: { icon: IconName; onClick(): void; children: ComponentChildren }) {
  return (
    <button type="button" class="moderation__item" onClick={onClick}>
      <Icon name={icon} />
      {children}
    </button>
  )
}
