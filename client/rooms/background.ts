import { computed, effect, signal } from '@preact/signals'
import { browserClock, openBrowserSession } from '../net/browser-session.ts'
import { route } from '../routing/router.ts'
import { isNotifyingWanted, isSoundOn } from '../storage/notification-levels.ts'
import { openChannel } from '../storage/open-channel.ts'
import { pageOutbox } from '../storage/outbox-indexeddb.ts'
import { dropReadMarker, readMarkerOf, saveReadMarker } from '../storage/read-markers.ts'
import { type RecentRoom, recentRoomOf, recentRooms, rememberRoom } from '../storage/recent-rooms.ts'
import { type WaitingInvitation, withoutInvitation } from '../storage/room-summaries.ts'
import { saveUnreadSummary, unreadSummary } from '../storage/unread-summary.ts'
import { isVisible } from '../ui/visible.ts'
import { type BackgroundSession, createBackgroundSessions } from './background-sessions.ts'
import { electLeaderTab } from './leader-election.ts'
import { nowOpen } from './open-room.ts'
import { createRecentlyVisible } from './recently-visible.ts'
import { listRooms, listWaiting, sumOf } from './room-list.ts'

const CHANNEL = 'hallway-invitations'

let channel: BroadcastChannel | undefined

const here = computed(() => (route.value.kind === 'room' ? route.value.room : undefined))

/** The background sessions, once started. */
const background = signal<ReturnType<typeof createBackgroundSessions> | undefined>(undefined)

/** Starts watching the other rooms, once the first room is joined. */
export function startBackground(): void {
  const isRecentlyVisible = createRecentlyVisible(isVisible, browserClock.after)
  /** The room that the page was opened for connects before the others. */
  const hasJoined = signal(false)
  effect(() => {
    if (nowOpen.value?.self.value) hasJoined.value = true
  })
  /** Notifications and sounds are wanted however long nobody looks. */
  const isLeader = electLeaderTab(
    computed(() => hasJoined.value && (isRecentlyVisible.value || isNotifyingWanted() || isSoundOn())),
  )
  background.value = createBackgroundSessions({
    recent: recentRooms,
    here: () => here.value,
    open: () => nowOpen.value,
    isLeader: () => isLeader.value,
    connect,
    placeOf(room, self) {
      const kept = readMarkerOf(room)
      // Another device may have read further.
      if (kept === undefined || self.read === undefined) return kept ?? self.read
      return Math.max(kept, self.read)
    },
    beginAt(room, seq) {
      dropReadMarker(room)
      saveReadMarker(room, seq)
    },
    summaries: unreadSummary,
    saveSummaries: saveUnreadSummary,
  })
  shareDismissals()
  dismissAnswered()
}

function connect({ room, username }: RecentRoom): BackgroundSession {
  const ended = new AbortController()
  const session = openBrowserSession(room, username, ended.signal, { watch: true, outbox: pageOutbox() })
  return { session, end: () => ended.abort() }
}

/** The invitations that the open room's own session received. */
const ownWaiting = computed((): readonly WaitingInvitation[] => {
  const open = nowOpen.value
  if (!open) return []
  return open.invitations.received.value.map(({ invitation: { room, username } }) => ({
    home: open.room,
    room,
    from: username,
  }))
})

/** Every room this tab receives, the open one included. */
export const roomSummaries = computed(() => {
  const open = nowOpen.value
  const heard = background.value?.views.value ?? []
  const own = open ? [{ room: open.room, view: open.view.value }] : []
  return [...own, ...heard.filter(({ room }) => room !== open?.room)]
})

export const watchedRooms = computed(() =>
  listRooms({ recent: recentRooms(), summaries: unreadSummary(), here: here.value, placeOf: readMarkerOf }),
)
export const waitingInvitations = computed(() => listWaiting(unreadSummary(), ownWaiting.value, here.value))
/** How much is unread in the rooms that are not open here. */
export const newElsewhere = computed(() => sumOf(watchedRooms.value, waitingInvitations.value))

/** Dismisses an invitation, in all tabs. */
export function dismissInvitation({ home, room }: WaitingInvitation): void {
  saveUnreadSummary(withoutInvitation(unreadSummary(), room))
  background.peek()?.dismiss(home, room)
  channel?.postMessage({ home, room })
}

/** Joins under the name used in the room that the invitation came to. */
export function acceptInvitation({ home, room, from }: WaitingInvitation): void {
  const username = recentRoomOf(home)?.username
  if (username !== undefined) rememberRoom({ room, username, companion: from })
}

/** What is dismissed in another tab is dismissed here too. */
function shareDismissals(): void {
  channel = openChannel(CHANNEL)
  channel?.addEventListener('message', ({ data }: MessageEvent<{ home: string; room: string }>) => {
    background.peek()?.dismiss(data.home, data.room)
  })
}

/** Joining the room of an invitation answers it. */
function dismissAnswered(): void {
  effect(() => {
    const open = nowOpen.value
    if (!open?.self.value) return
    const answered = Object.values(unreadSummary())
      .flatMap((one) => one.waiting)
      .find(({ room }) => room === open.room)
    if (answered) queueMicrotask(() => dismissInvitation(answered))
  })
}
