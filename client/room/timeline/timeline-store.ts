import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { isUnread, type Session, type SessionView } from '../../session/index.ts'
import type { RoomSelf } from '../room-self.ts'
import { select } from '../select.ts'
import { createUnreadPosition } from '../unread-position.ts'
import { createFollow } from './follow.ts'
import { createJumps } from './jumps.ts'
import { createPageLoader } from './page-loader.ts'
import { withPresenceEvents } from './presence-rows.ts'
import { createRowWindow } from './row-window.ts'
import { type PlacedInvitation, timelineRows, withUnread } from './timeline-rows.ts'

interface TimelineDeps {
  room: string
  session: Session
  view: ReadonlySignal<SessionView>
  /** Brings `view` up to date at once, where the session would tell of its change a moment later. */
  refreshView(): void
  self: RoomSelf
  newestSeq: ReadonlySignal<number>
  invitations: ReadonlySignal<readonly PlacedInvitation[]>
  isVisible: ReadonlySignal<boolean>
  /** The message that the page's address names. */
  at?: number | undefined
  announce(text: string): void
}

export type TimelineStore = ReturnType<typeof createTimelineStore>

/** The rows that are drawn, where the reader is among them, and the ways to other messages. */
export function createTimelineStore(deps: TimelineDeps) {
  const { session, view, self, newestSeq, invitations } = deps
  const historyWindow = select(view, (now) => now.historyWindow)
  const timeline = select(view, (now) => now.timeline)
  const presenceEvents = select(view, (now) => now.presenceEvents)
  const isInHistory = () => historyWindow.peek() !== undefined
  /** The history window after a jump, or everything up to the present. */
  const items = computed(() => historyWindow.value?.items ?? timeline.value)
  const hasOlder = computed(() => historyWindow.value?.hasOlder ?? view.value.hasOlder)
  const messages = computed(
    () =>
      new Map(
        items.value.flatMap((item) => (item.kind === 'message' ? [[item.message.seq, item.message]] : [])),
      ),
  )

  const isAtPresent = signal(true)
  const unread = createUnreadPosition({
    ...deps,
    self: self.joined,
    timeline,
    hasOlder: select(view, (now) => now.hasOlder),
    isAtPresent,
  })
  const plainRows = computed(() => {
    const author = { by: self.joined.value?.by ?? '', username: self.name.value }
    return historyWindow.value
      ? timelineRows(items.value, [], author)
      : withPresenceEvents(timelineRows(items.value, invitations.value, author), presenceEvents.value)
  })
  const rows = computed(() => withUnread(plainRows.value, unread.mark.value, hasOlder.value))
  const rowWindow = createRowWindow(rows, () => !isInHistory())

  const pageLoader = createPageLoader(session, hasOlder)
  const follow = createFollow({
    newestSeq: () => newestSeq.peek(),
    isCut: () => rowWindow.isCut.peek() || isInHistory(),
    nearTop() {
      if (!rowWindow.older()) pageLoader.older()
    },
    nearBottom() {
      if (!rowWindow.newer() && isInHistory()) pageLoader.newer()
    },
    unreadSeen: unread.seen,
    toPresent() {
      jumps.leave()
      rowWindow.toPresent()
    },
  })
  const stopFollowing = effect(() => {
    isAtPresent.value = follow.leftAt.value === undefined && historyWindow.value === undefined
  })
  const { dispose: stopJumping, ...jumps } = createJumps({
    ...deps,
    timeline,
    messages,
    rowWindow,
    unread,
    follow,
  })

  return {
    ...jumps,
    rows: rowWindow.shown,
    items,
    messages,
    hasOlder,
    unread,
    follow,
    /** How many unread messages came below while the reader was above. */
    newerCount: computed(() => {
      const { value: mark } = follow.leftAt
      if (mark === undefined) return 0
      return timeline.value.filter((item) => isUnread(item, self.joined.value) && item.message.seq > mark)
        .length
    }),
    dispose(): void {
      stopFollowing()
      stopJumping()
      unread.dispose()
    },
  }
}
