import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { roomPath } from '../../src/protocol/names.ts'
import { t } from '../i18n/strings.ts'
import type { Clock, Session } from '../session/index.ts'
import { createDraft } from '../storage/draft.ts'
import { editDraftStorage } from '../storage/edit-draft.ts'
import { areAnnouncementsOn } from '../storage/notification-levels.ts'
import { rememberRoom } from '../storage/recent-rooms.ts'
import { createComposerTarget } from './composer/composer-target.ts'
import { createPostingRestriction } from './composer/posting-restriction.ts'
import { createConnectionLine } from './connection-line.ts'
import { createInvitationStore } from './invitation-store.ts'
import { startLiveAnnouncer } from './live-announcer.ts'
import { createMessageActions } from './message-actions.ts'
import { createNotice } from './notice.ts'
import { createRoomPeople } from './people/room-people.ts'
import { createRoomInfo } from './room-info.ts'
import { createRoomModeration, type ReceivedReports } from './room-moderation.ts'
import { createRoomSelf } from './room-self.ts'
import { select } from './select.ts'
import { createTimelineStore } from './timeline/timeline-store.ts'

export interface RoomStoreDeps {
  room: string
  /** The name that the person asked to join with. */
  username: string
  session: Session
  /** The message that the page's address names. */
  at?: number | undefined
  isVisible: ReadonlySignal<boolean>
  reports: Signal<ReceivedReports | undefined>
  announce(text: string): () => void
  go(path: string): void
  clock: Clock
}

export type RoomStore = ReturnType<typeof createRoomStore>

/** Everything that a room's page reads and calls, in parts. Call `dispose` at the end. */
export function createRoomStore(deps: RoomStoreDeps) {
  const { room, session, clock, announce } = deps
  const view = signal(session.view)
  const refreshView = () => {
    view.value = session.view
  }
  const stopReading = session.subscribe(refreshView)

  const self = createRoomSelf(view, deps.username)
  const info = createRoomInfo({ room, view, self })
  const notice = createNotice(
    select(view, (now) => now.notice),
    clock,
  )
  const newestSeq = select(view, ({ timeline }) => {
    const newest = timeline.findLast((item) => item.kind === 'message')
    return newest?.kind === 'message' ? newest.message.seq : 0
  })
  const invitations = createInvitationStore({
    session,
    invitations: select(view, (now) => now.invitations),
    refusal: notice.current,
    selfName: self.name,
    newestSeq,
    open(invitation) {
      rememberRoom({ room: invitation.room, username: self.name.peek(), companion: invitation.username2 })
      deps.go(roomPath(invitation.room))
    },
  })
  const timeline = createTimelineStore({
    ...deps,
    view,
    refreshView,
    self,
    newestSeq,
    invitations: invitations.received,
  })
  const draft = createDraft(room)
  const target = createComposerTarget({
    session,
    self: self.joined,
    messages: timeline.messages,
    draft: draft.text,
    editDraft: editDraftStorage(room),
  })
  const restriction = createPostingRestriction({
    self: self.joined,
    timeline: select(view, (now) => now.timeline),
    clock,
  })
  const moderation = createRoomModeration({ ...deps, self: self.joined })
  const connection = createConnectionLine(
    select(view, ({ status }) => status),
    clock.after,
    () => announce(t.room.connection.restored),
  )
  const stopAnnouncing = startLiveAnnouncer({
    view,
    announce: (text) => (areAnnouncementsOn() ? announce(text) : () => {}),
    after: clock.after,
  })

  return {
    room,
    session,
    view,
    self,
    info,
    people: createRoomPeople({ view, items: timeline.items }),
    timeline,
    actions: createMessageActions({ session, self: self.joined }),
    composer: { ...target, draft, restriction: restriction.current },
    moderation,
    invitations,
    notice,
    connection,
    held: select(view, (now) => now.held),
    dispose() {
      stopReading()
      stopAnnouncing()
      for (const part of [
        info,
        notice,
        invitations,
        timeline,
        draft,
        target,
        restriction,
        moderation,
        connection,
      ])
        part.dispose()
    },
  }
}
