import { computed, effect } from '@preact/signals'
import { callsOf } from '../memory/calls.ts'
import { readPlaceOf } from '../memory/read-places.ts'
import { setTitleCount } from '../parts/page-title.ts'
import { rooms, waiting } from '../rooms/background.ts'
import { nowOpen } from '../rooms/open-room.ts'
import { unreadAbove } from '../rooms/unread.ts'
import { countOf } from '../rooms/unread-words.ts'
import { startCalling } from './calling.ts'
import { startShelving } from './shelving.ts'
import { totalOf } from './total.ts'

const ICONS = { calm: '/favicon.svg', news: '/favicon-news.svg' }

/** What is new in the room that is open, and not yet before anybody's eyes. */
const here = computed(() => {
  const open = nowOpen.value
  const view = open?.view.value
  const place = open && readPlaceOf(open.room)
  if (open === undefined || view?.self === undefined || place === undefined) return undefined
  return { room: open.room, unread: unreadAbove(view, place) }
})

const total = computed(() =>
  totalOf(
    [...rooms.value.filter(({ isOpen }) => !isOpen), ...(here.value ? [here.value] : [])],
    callsOf,
    waiting.value.length,
  ),
)

effect(() => {
  const { count, more } = total.value
  setTitleCount(count === 0 ? '' : countOf({ count, more, called: false, upTo: 0 }))
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
  const href = count === 0 ? ICONS.calm : ICONS.news
  if (icon && icon.getAttribute('href') !== href) icon.href = href
  const told = count === 0 ? navigator.clearAppBadge?.() : navigator.setAppBadge?.(count)
  // Where the page is not installed there is nothing to put it on.
  told?.catch(() => {})
})

startCalling()
startShelving()
