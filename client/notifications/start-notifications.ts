import { computed, effect, type ReadonlySignal } from '@preact/signals'
import type { SessionView } from '../session/index.ts'
import { notificationLevelOf } from '../storage/notification-levels.ts'
import { readMarkerOf } from '../storage/read-markers.ts'
import type { WaitingInvitation } from '../storage/room-summaries.ts'
import { setTitleCount } from '../ui/page-title.ts'
import { badgeCountOf, type UnreadRoom } from './badge-count.ts'
import { unreadAbove } from './count-unread.ts'
import { startNotifying } from './notify-of-messages.ts'
import { unreadCountOf } from './unread-words.ts'

const ICONS = { calm: '/favicon.svg', news: '/favicon-news.svg' }

/** A room whose messages this tab receives. */
export interface HeardRoom {
  room: string
  view: SessionView
}

/** The sources of notifications, and where a click leads. */
export interface NotificationSources {
  heardRooms: ReadonlySignal<readonly HeardRoom[]>
  /** The rooms in the background. */
  otherRooms: ReadonlySignal<readonly UnreadRoom[]>
  openRoom: ReadonlySignal<{ room: string; view: ReadonlySignal<SessionView> } | undefined>
  invitations: ReadonlySignal<readonly WaitingInvitation[]>
  goToMessage(room: string, seq: number): void
}

/** Notifies of messages and invitations, and shows the unread count in the title, the icon and the app's badge. */
export function startNotifications(sources: NotificationSources): void {
  showUnreadCount(sources)
  startNotifying(sources)
}

function showUnreadCount({ otherRooms, openRoom, invitations }: NotificationSources): void {
  /** The unread count of the open room. */
  const here = computed((): readonly UnreadRoom[] => {
    const open = openRoom.value
    const view = open?.view.value
    const place = open && readMarkerOf(open.room)
    if (open === undefined || view?.self === undefined || place === undefined) return []
    return [{ room: open.room, unread: unreadAbove(view, place) }]
  })
  const total = computed(() =>
    badgeCountOf([...otherRooms.value, ...here.value], notificationLevelOf, invitations.value.length),
  )
  effect(() => {
    const { count, more } = total.value
    setTitleCount(count === 0 ? '' : unreadCountOf({ count, more, called: false, upTo: 0 }))
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
    const href = count === 0 ? ICONS.calm : ICONS.news
    if (icon && icon.getAttribute('href') !== href) icon.href = href
    const badged = count === 0 ? navigator.clearAppBadge?.() : navigator.setAppBadge?.(count)
    // A page that is not installed has no badge.
    badged?.catch(() => {})
  })
}
