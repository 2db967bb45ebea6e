import { effect, untracked } from '@preact/signals'
import { t } from '../i18n/strings.ts'
import { snippetOf } from '../markdown/read-text.ts'
import { isNotifyingWanted, isSoundOn, notificationLevelOf } from '../storage/notification-levels.ts'
import { recentRoomOf } from '../storage/recent-rooms.ts'
import { roomTitle } from '../ui/room-title.ts'
import { isVisible } from '../ui/visible.ts'
import { newestOf, newMessagesSince } from './new-messages.ts'
import { closeNotificationsWithIdentity, notify } from './notify.ts'
import { announceVisibleTab, isAnyTabVisible, onceAcrossTabs } from './once-across-tabs.ts'
import { playSound } from './sound.ts'
import type { NotificationSources } from './start-notifications.ts'

/** Notifies a person who is looking elsewhere: once for each message and invitation, from one of their tabs. */
export function startNotifying(sources: NotificationSources): void {
  effect(() => (isVisible.value ? announceVisibleTab() : undefined))
  closeNotificationsWithIdentity()
  notifyOfMessages(sources)
  notifyOfInvitations(sources)
}

function notifyOfMessages({ heardRooms, goToMessage }: NotificationSources): void {
  const known = new Map<string, number>()
  effect(() => {
    for (const { room, view } of heardRooms.value) {
      const newest = newestOf(view)
      if (newest === undefined) continue
      const before = known.get(room)
      known.set(room, Math.max(newest, before ?? 0))
      if (before === undefined || newest <= before) continue
      const last = untracked(() => newMessagesSince(view, before, notificationLevelOf(room))).at(-1)
      if (last)
        notifyOnce(
          room,
          { seq: last.seq, body: `${last.username}: ${snippetOf(last.body)}` },
          goToMessage,
        ).catch(() => {})
    }
  })
}

function notifyOfInvitations({ invitations, goToMessage }: NotificationSources): void {
  let known = new Set(invitations.peek().map(({ room }) => room))
  effect(() => {
    for (const { home, room, from } of invitations.value) {
      if (known.has(room) || untracked(() => notificationLevelOf(home)) === 'nothing') continue
      notifyOnce(home, { invitation: room, body: t.room.invite.cardText(from) }, goToMessage).catch(() => {})
    }
    known = new Set(invitations.value.map(({ room }) => room))
  })
}

async function notifyOnce(
  room: string,
  { body, ...reason }: { body: string } & Reason,
  goToMessage: NotificationSources['goToMessage'],
): Promise<void> {
  if (await isAnyTabVisible()) return
  onceAcrossTabs(`${room}:${'seq' in reason ? reason.seq : reason.invitation}`, () => {
    if (isSoundOn()) playSound()
    if (!isNotifyingWanted()) return
    const visit = recentRoomOf(room)
    const title = roomTitle(room, visit?.companion, visit?.title)
    notify({ room, title, body, ...('seq' in reason ? { seq: reason.seq } : {}) }, goToMessage)
  })
}

/** What a notification is about: a message of the room, or an invitation waiting in it. */
type Reason = { seq: number } | { invitation: string }
