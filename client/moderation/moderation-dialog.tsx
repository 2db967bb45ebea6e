import '../styles/moderation.css'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../i18n/strings.ts'
import { NotificationLevelChoice } from '../notifications/notification-level-choice.tsx'
import { useRefuseStrangers } from '../room/people/use-refuse-strangers.ts'
import { useUnblock } from '../room/people/use-unblock.ts'
import { useRoom } from '../room/room-context.ts'
import type { OpenDialog } from '../room/room-moderation.ts'
import { RoomMenu } from '../rooms/room-menu.tsx'
import { SettingsHost } from '../settings/settings-host.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { AuditList } from './audit-list.tsx'
import { Erase } from './erase.tsx'
import { fingerprintOf } from './fingerprint.ts'
import { ForgetMe } from './forget-me.tsx'
import { InviteLinksList } from './invite-links-list.tsx'
import { MemberRow } from './member-row.tsx'
import { MembersList } from './members-list.tsx'
import { RoomMenuDialog } from './room-menu-dialog.tsx'
import { SettingsForm } from './settings-form.tsx'

/** The one dialog for moderation and room settings; shows the part that was asked for. */
export function ModerationDialog() {
  const { room, info, moderation } = useRoom()
  const asked = moderation.dialog.value
  // A replaced dialog reports its close late; that must not close its successor.
  const close = () => {
    if (moderation.dialog.peek() === asked) moderation.dialog.value = undefined
  }
  if (asked === undefined) return null
  if (asked.kind === 'leave')
    return (
      <RoomMenu
        isLeaving
        listed={{ room, title: info.title.value, isOpen: true }}
        onClose={close}
        onForgotten={() => {}}
      />
    )
  if (asked.kind === 'mine') return <Mine onClose={close} />
  return (
    <Sheet title={titleOf(asked)} onClose={close}>
      <Content asked={asked} />
    </Sheet>
  )
}

function Mine({ onClose }: { onClose(): void }) {
  const { view, moderation } = useRoom()
  const names = new Map(
    view.value.timeline.flatMap((item) =>
      item.kind === 'message' ? [[item.message.by, item.message.username] as const] : [],
    ),
  )
  // A person without loaded messages is known by their fingerprint only.
  const blocked = [...moderation.blocked.value].map((by) => ({
    by,
    username: names.get(by) ?? fingerprintOf(by),
  }))
  const strangers = { isRefused: moderation.refusesStrangers.value, refuse: useRefuseStrangers() }
  return <SettingsHost onClose={onClose} blocked={blocked} unblock={useUnblock()} strangers={strangers} />
}

function Content({ asked }: { asked: OpenDialog }) {
  const { room } = useRoom()
  const place = useRef<HTMLDivElement>(null)
  const first = useRef(asked.kind)
  // The button that led here is gone, and took the focus with it.
  useEffect(() => {
    if (first.current !== asked.kind) place.current?.focus()
    first.current = asked.kind
  }, [asked.kind])
  // The browser returns the focus if the dialog is closed before it is removed.
  useEffect(() => {
    const dialog = place.current?.closest('dialog')
    return () => dialog?.close()
  }, [])
  return (
    <div ref={place} class="moderation" tabIndex={-1}>
      {contentOf(asked, room)}
    </div>
  )
}

function contentOf(asked: OpenDialog, room: string) {
  switch (asked.kind) {
    case 'menu':
      return <RoomMenuDialog />
    case 'notifications':
      return <NotificationLevelChoice room={room} />
    case 'settings':
      return <SettingsForm />
    case 'links':
      return <InviteLinksList />
    case 'people':
      return <MembersList isTransfer={asked.isTransfer ?? false} />
    case 'audit':
      return <AuditList />
    case 'forget':
      return <ForgetMe />
    case 'erase':
      return <Erase />
    case 'person':
      return <MemberRow about={asked} />
    case 'leave':
    case 'mine':
      return null
    default:
      return asked satisfies never
  }
}

function titleOf(asked: OpenDialog): string {
  if (asked.kind === 'person') return asked.username
  if (asked.kind === 'leave' || asked.kind === 'mine') return ''
  if (asked.kind === 'menu') return t.room.moderation.aboutRoom
  if (asked.kind === 'links') return t.room.moderation.links
  if (asked.kind === 'notifications') return t.notifications.title
  return t.moderation[asked.kind]
}
