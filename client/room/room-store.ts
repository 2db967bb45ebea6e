import { computed, effect, signal } from '@preact/signals'
import { LIMITS } from '../../src/protocol/limits.ts'
import { isGeneratedId, roomPath } from '../../src/protocol/names.ts'
import { createDraft } from '../memory/draft.ts'
import { recentRoomOf, rememberRoom } from '../memory/recent-rooms.ts'
import type { Clock, Session, SessionView } from '../session/types.ts'
import { t } from '../strings/strings.ts'
import { createConnectionLine } from './connection-line.ts'
import { createDeeds } from './deeds.ts'
import { startHerald } from './herald.ts'
import { createInvitations } from './invitations.ts'
import { createNotice } from './notice.ts'
import { roomTitle } from './room-title.ts'
import { createFollow } from './timeline/follow.ts'
import { createRowWindow } from './timeline/row-window.ts'
import { timelineRows } from './timeline/rows.ts'

/** So many older pages are loaded at most to reach a message that another one answers. */
const JUMP_PAGES = 40

/** What a room needs of the page around it. */
export interface RoomSurroundings {
  room: string
  /** The name one asked to come in with. */
  username: string
  session: Session
  announce(text: string): void
  go(path: string): void
  clock: Clock
}

export type RoomStore = ReturnType<typeof createRoomStore>

/** All that the page of one room reads and calls. Ends with `dispose`. */
export function createRoomStore({ room, username, session, announce, go, clock }: RoomSurroundings) {
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
  /** A room has someone who looks after it; one that has a name, or is private, is looked after by those in it. */
  const looksAfter = computed(() => {
    const role = self.value?.role
    const isLed = isGeneratedId(room) && !isPrivate.value
    return role === 'owner' || role === 'moderator' || (role === 'member' && !isLed)
  })
  const companion = computed(() => {
    if (!isPrivate.value) return undefined
    const other = people.value.find((person) => person.username !== selfName.value)
    return other?.username ?? recentRoomOf(room)?.companion
  })

  const invitations = createInvitations({
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

  const rows = computed(() =>
    timelineRows(timeline.value, invitations.received.value, {
      by: self.value?.by ?? '',
      username: selfName.value,
    }),
  )
  const rowWindow = createRowWindow(rows)
  const follow = createFollow({
    newestSeq: () => newestSeq.peek(),
    isCut: () => rowWindow.isCut.peek(),
    nearTop() {
      if (!rowWindow.older()) loadOlder()
    },
    nearBottom: rowWindow.newer,
    toPresent: rowWindow.toPresent,
  })
  const newer = computed(() => {
    const mark = follow.leftAt.value
    if (mark === undefined) return 0
    return timeline.value.filter((item) => item.kind === 'message' && !item.mine && item.message.seq > mark)
      .length
  })

  let olderAsked: Promise<void> | undefined
  function loadOlder() {
    if (!view.peek().hasOlder || olderAsked) return
    const forget = () => {
      olderAsked = undefined
    }
    olderAsked = session.loadOlder().then(forget, forget)
  }

  const draft = createDraft(room)
  const deeds = createDeeds({ session, self, timeline, draft: draft.text })

  /** Goes to a message, loading what lies between where it is not far. */
  async function jumpTo(seq: number): Promise<void> {
    for (let pages = 0; pages < JUMP_PAGES && !deeds.messages.peek().has(seq); pages += 1) {
      if (!view.peek().hasOlder) break
      await session.loadOlder()
    }
    if (!deeds.messages.peek().has(seq)) return announce(t.timeline.tooFar)
    rowWindow.reveal(
      (row) => row.kind === 'item' && row.item.kind === 'message' && row.item.message.seq === seq,
    )
    follow.show(seq)
  }
  const connection = createConnectionLine(
    read((now) => now.status),
    clock.after,
  )
  const stopHerald = startHerald({ view, announce, after: clock.after })
  const stopRemembering = effect(() => {
    const joinedAs = self.value?.username
    const other = companion.value
    if (joinedAs === undefined) return
    const visit = { room, username: joinedAs }
    rememberRoom(other === undefined ? visit : { ...visit, companion: other })
  })

  return {
    room,
    session,
    view,
    self,
    selfName,
    people,
    online: read((now) => now.online),
    typing: read((now) => now.typing),
    topic: read((now) => now.topic),
    hasOlder: read((now) => now.hasOlder),
    bodyLimit: computed(() => self.value?.limits.bodyLength ?? LIMITS.bodyLength),
    isPrivate,
    looksAfter,
    companion,
    title: computed(() => roomTitle(room, companion.value)),
    rows: rowWindow.shown,
    newer,
    follow,
    draft,
    deeds,
    jumpTo,
    connection,
    invitations,
    notice,
    invite(username: string) {
      invitations.asked(username)
      session.invite(username)
    },
    dispose() {
      for (const stop of [stopReading, stopAnswering, stopHerald, stopRemembering]) stop()
      for (const part of [invitations, notice, connection, draft]) part.dispose()
    },
  }
}
