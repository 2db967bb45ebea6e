import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { LIMITS } from '../../src/protocol/limits.ts'
import { roomPath } from '../../src/protocol/names.ts'
import { may } from '../../src/protocol/roles.ts'
import { t } from '../i18n/strings.ts'
import { callableOf } from '../markdown/mentions.ts'
import { type Clock, isUnread, type Session, type SessionView } from '../session/index.ts'
import { createDraft } from '../storage/draft.ts'
import { editDraftStorage } from '../storage/edit-draft.ts'
import { areAnnouncementsOn } from '../storage/notification-levels.ts'
import { recentRoomOf, rememberRoom } from '../storage/recent-rooms.ts'
import type { ScrollPosition } from '../storage/scroll-positions.ts'
import { roomTitle } from '../ui/room-title.ts'
import { createKnownNames } from './composer/known-names.ts'
import { createPostingRestriction } from './composer/posting-restriction.ts'
import { createConnectionLine } from './connection-line.ts'
import { createInvitationStore } from './invitation-store.ts'
import { startLiveAnnouncer } from './live-announcer.ts'
import { createMessageActions } from './message-actions.ts'
import { createNotice } from './notice.ts'
import { createRoomModeration, type ReceivedReport } from './room-moderation.ts'
import { startComeBack } from './timeline/come-back.ts'
import { createFollow } from './timeline/follow.ts'
import { withPresenceEvents } from './timeline/presence-rows.ts'
import { createRowWindow } from './timeline/row-window.ts'
import { timelineRows, withUnread } from './timeline/timeline-rows.ts'
import { createUnreadPosition } from './unread-position.ts'

/** What a room needs of the page around it. */
export interface RoomStoreDeps {
  room: string
  /** The name one asked to come in with. */
  username: string
  session: Session
  /** A message that was asked for by its address. */
  at?: number | undefined
  isVisible: ReadonlySignal<boolean>
  /** The newest message that was brought before those who moderate. */
  reported: Signal<ReceivedReport | undefined>
  announce(text: string): () => void
  go(path: string): void
  clock: Clock
}

export type RoomStore = ReturnType<typeof createRoomStore>

/** All that the page of one room reads and calls. Ends with `dispose`. */
export function createRoomStore({
  room,
  username,
  session,
  at,
  isVisible,
  reported,
  announce,
  go,
  clock,
}: RoomStoreDeps) {
  const view = signal(session.view)
  const stopReading = session.subscribe(() => {
    view.value = session.view
  })
  const read = <T>(pick: (view: SessionView) => T) => computed(() => pick(view.value))

  const self = read((now) => now.self)
  const timeline = read((now) => now.timeline)
  const people = read((now) => now.people)
  const selfName = computed(() => self.value?.username ?? username)
  const newestSeq = computed(() => {
    const newest = timeline.value.findLast((item) => item.kind === 'message')
    return newest?.kind === 'message' ? newest.message.seq : 0
  })

  const isPrivate = computed(() => {
    const access = self.value?.access
    return access === undefined ? recentRoomOf(room)?.companion !== undefined : access === 'private'
  })
  const house = createRoomModeration({ room, self, isPrivate, reported, clock })
  const hush = createPostingRestriction({ self, timeline, clock })
  const looksAfter = computed(
    () => self.value !== undefined && may('setTopic', self.value.role, house.access.value),
  )
  const titleSet = computed(() => (self.value ? self.value.title : recentRoomOf(room)?.title))
  const companion = computed(() => {
    if (!isPrivate.value) return undefined
    const other = people.value.find((person) => person.username !== selfName.value)
    return other?.username ?? recentRoomOf(room)?.companion
  })

  const invitations = createInvitationStore({
    invitations: read((now) => now.invitations),
    selfName: () => selfName.peek(),
    newestSeq: () => newestSeq.peek(),
    open(invitation) {
      rememberRoom({ room: invitation.room, username: selfName.peek(), companion: invitation.username2 })
      go(roomPath(invitation.room))
    },
  })
  const notice = createNotice(
    read((now) => now.notice),
    clock,
  )
  const stopAnswering = effect(() => {
    if (notice.current.value) invitations.answered()
  })

  const past = read((now) => now.historyWindow)
  const isInPast = () => past.peek() !== undefined
  /** What is read at the moment: the past that was asked for, or all up to the present. */
  const shown = computed(() => past.value?.items ?? timeline.value)
  const hasOlder = computed(() => past.value?.hasOlder ?? view.value.hasOlder)

  const isAtPresent = signal(true)
  const unread = createUnreadPosition({
    room,
    session,
    self,
    timeline,
    hasOlder: read((now) => now.hasOlder),
    newestSeq,
    isAtPresent,
    isVisible,
  })
  const passages = read((now) => now.presenceEvents)
  const plainRows = computed(() =>
    withPresenceEvents(
      timelineRows(shown.value, past.value ? [] : invitations.received.value, {
        by: self.value?.by ?? '',
        username: selfName.value,
      }),
      past.value ? [] : passages.value,
    ),
  )
  const rows = computed(() => withUnread(plainRows.value, unread.mark.value, hasOlder.value))
  const rowWindow = createRowWindow(rows, () => !isInPast())
  const follow = createFollow({
    newestSeq: () => newestSeq.peek(),
    isCut: () => rowWindow.isCut.peek() || isInPast(),
    nearTop() {
      if (!rowWindow.older()) load('older')
    },
    nearBottom() {
      if (!rowWindow.newer() && isInPast()) load('newer')
    },
    unreadSeen: unread.seen,
    toPresent() {
      session.leaveHistoryWindow()
      rowWindow.toPresent()
    },
  })
  const stopPlacing = effect(() => {
    isAtPresent.value = follow.leftAt.value === undefined && past.value === undefined
  })
  const newer = computed(() => {
    const mark = follow.leftAt.value
    if (mark === undefined) return 0
    return timeline.value.filter((item) => isUnread(item, self.value) && item.message.seq > mark).length
  })

  let asked = false
  function load(end: 'older' | 'newer') {
    if (asked || (end === 'older' && !hasOlder.peek())) return
    asked = true
    const forget = () => {
      asked = false
    }
    const loading = end === 'older' ? session.loadOlder() : session.loadNewer()
    loading.then(forget, forget)
  }

  const draft = createDraft(room)
  const deeds = createMessageActions({
    session,
    self,
    timeline: shown,
    draft: draft.text,
    halfEdit: editDraftStorage(room),
  })
  const knownNames = createKnownNames({ people, timeline: shown })

  const isThere = (seq: number): boolean => deeds.messages.peek().has(seq)
  /** The message that one came for. */
  const marked = signal<number | undefined>(undefined)

  /** Goes to a message, however far above it is. */
  async function jumpTo(seq: number): Promise<void> {
    if (!isThere(seq)) await reach(seq)
    if (!isThere(seq)) {
      announce(t.room.timeline.messageGone)
      return
    }
    reveal(seq)
    follow.show(seq)
  }

  function reveal(seq: number) {
    rowWindow.reveal(
      (row) => row.kind === 'item' && row.item.kind === 'message' && row.item.message.seq === seq,
    )
  }

  async function reach(seq: number): Promise<void> {
    session.leaveHistoryWindow()
    view.value = session.view
    if (isThere(seq)) return
    await session.loadAround(seq)
    view.value = session.view
  }

  /** Goes to the first message that was not read. */
  async function jumpToUnread(): Promise<void> {
    const { mark } = unread
    if (mark.value === undefined) return
    if (unread.isMore.value) await reach(mark.value)
    rowWindow.reveal(({ kind }) => kind === 'unread')
    unread.seen()
    follow.showUnread()
  }

  /** Goes to the message that an address names. */
  function visit(seq: number | undefined): void {
    marked.value = seq
    if (seq !== undefined) jumpTo(seq).catch(() => {})
  }
  const stopVisiting = effect(() => {
    if (at === undefined || !self.value || timeline.value.length === 0) return
    const asked = at
    at = undefined
    visit(asked)
  })

  const connection = createConnectionLine(
    read((now) => now.status),
    clock.after,
    () => announce(t.room.connection.restored),
  )
  const stopHerald = startLiveAnnouncer({
    view,
    announce: (text) => (areAnnouncementsOn() ? announce(text) : () => {}),
    after: clock.after,
  })
  const stopRemembering = effect(() => {
    const joinedAs = self.value?.username
    const other = companion.value
    if (joinedAs === undefined) return
    const visit = { room, username: joinedAs, title: self.value?.title ?? '' }
    rememberRoom(other === undefined ? visit : { ...visit, companion: other })
  })

  return {
    room,
    session,
    view,
    self,
    selfName,
    people,
    knownNames,
    callable: computed(() => callableOf(knownNames.value)),
    online: read((now) => now.online),
    typing: read((now) => now.typing),
    topic: read((now) => now.topic),
    hasOlder,
    bodyLimit: computed(() => self.value?.limits.bodyLength ?? LIMITS.bodyLength),
    isPrivate,
    looksAfter,
    companion,
    title: computed(() => roomTitle(room, companion.value, titleSet.value)),
    house,
    hush: hush.current,
    rows: rowWindow.shown,
    newer,
    follow,
    draft,
    deeds,
    jumpTo,
    jumpToUnread,
    unread,
    marked,
    visit,
    newestSeq,
    /** Goes back to where one was reading, once that is there. Answers what gives it up, and says where to. */
    comeBack: (position: ScrollPosition | undefined) =>
      startComeBack(at === undefined ? position : undefined, {
        messages: deeds.messages,
        view,
        reach,
        reveal,
        follow,
      }),
    connection,
    invitations,
    notice,
    invite(username: string) {
      invitations.asked(username)
      session.invite(username)
    },
    dispose() {
      for (const stop of [stopReading, stopAnswering, stopPlacing, stopVisiting, stopHerald, stopRemembering])
        stop()
      for (const part of [house, hush, unread, invitations, notice, connection, draft, deeds]) part.dispose()
    },
  }
}
