import { computed, effect } from '@preact/signals'
import { waitingInvitations, watchedRooms } from '../rooms/background.ts'
import { keepOfflineCache } from '../rooms/keep-offline-cache.ts'
import { nowOpen } from '../rooms/open-room.ts'
import { notificationLevelOf } from '../storage/notification-levels.ts'
import { readMarkerOf } from '../storage/read-markers.ts'
import { setTitleCount } from '../ui/page-title.ts'
import { badgeCountOf } from './badge-count.ts'
import { unreadAbove } from './count-unread.ts'
import { startNotifying } from './notify-of-messages.ts'
import { unreadCountOf } from './unread-words.ts'

const ICONS = { calm: '/favicon.svg', news: '/favicon-news.svg' }

/** What is new in the room that is open, and not yet before anybody's eyes. */
const here = computed(() => {
  const open = nowOpen.value
  const view = open?.view.value
  const place = open && readMarkerOf(open.room)
  if (open === undefined || view?.self === undefined || place === undefined) return undefined
  return { room: open.room, unread: unreadAbove(view, place) }
})

const total = computed(() =>
  badgeCountOf(
    [...watchedRooms.value.filter(({ isOpen }) => !isOpen), ...(here.value ? [here.value] : [])],
    notificationLevelOf,
    waitingInvitations.value.length,
  ),
)

effect(() => {
  const { count, more } = total.value
  setTitleCount(count === 0 ? '' : unreadCountOf({ count, more, called: false, upTo: 0 }))
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
  const href = count === 0 ? ICONS.calm : ICONS.news
  if (icon && icon.getAttribute('href') !== href) icon.href = href
  const told = count === 0 ? navigator.clearAppBadge?.() : navigator.setAppBadge?.(count)
  // Where the page is not installed there is nothing to put it on.
  told?.catch(() => {})
})

startNotifying()
keepOfflineCache()
