import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { t } from '../../i18n/strings.ts'
import type { Session, SessionView, TimelineItem } from '../../session/index.ts'
import type { ScrollPosition } from '../../storage/scroll-positions.ts'
import type { RoomSelf } from '../room-self.ts'
import type { UnreadPosition } from '../unread-position.ts'
import { startComeBack } from './come-back.ts'
import type { Follow } from './follow.ts'
import type { RowWindow } from './row-window.ts'

interface JumpsDeps {
  session: Pick<Session, 'loadAround' | 'leaveHistoryWindow'>
  view: ReadonlySignal<SessionView>
  refreshView(): void
  self: RoomSelf
  timeline: ReadonlySignal<readonly TimelineItem[]>
  messages: ReadonlySignal<ReadonlyMap<number, unknown>>
  rowWindow: RowWindow
  unread: UnreadPosition
  follow: Follow
  at?: number | undefined
  announce(text: string): void
}

/** Goes to a message, however far above it is: loads and draws the rows around it first. */
export function createJumps(deps: JumpsDeps) {
  const { session, view, refreshView, self, timeline, messages, rowWindow, unread, follow, announce } = deps
  let { at } = deps
  const isLoaded = (seq: number): boolean => messages.peek().has(seq)
  const target = signal<number | undefined>(undefined)

  /** Counts what the reader asked for: a jump that was given up does not say that it found nothing. */
  let moves = 0

  /** Leaves the rows around a message, and a jump under way. */
  function leave(): void {
    moves += 1
    session.leaveHistoryWindow()
  }

  /** Loads the messages around this one. */
  async function reach(seq: number): Promise<void> {
    leave()
    refreshView()
    if (isLoaded(seq)) return
    await session.loadAround(seq)
    refreshView()
  }

  function reveal(seq: number): void {
    rowWindow.reveal(
      (row) => row.kind === 'item' && row.item.kind === 'message' && row.item.message.seq === seq,
    )
  }

  async function jumpTo(seq: number): Promise<void> {
    const move = moves + 1
    if (!isLoaded(seq)) await reach(seq)
    if (!isLoaded(seq)) return move === moves ? announce(t.room.timeline.messageGone) : undefined
    reveal(seq)
    follow.show(seq)
  }

  function visit(seq: number | undefined): void {
    target.value = seq
    if (seq !== undefined) jumpTo(seq).catch(() => {})
  }

  const stopVisiting = effect(() => {
    if (at === undefined || !self.joined.value || timeline.value.length === 0) return
    const seq = at
    at = undefined
    visit(seq)
  })

  return {
    /** The message that the page's address names. */
    target,
    /** Goes to a message, and makes it the target. */
    visit,
    leave,
    jumpTo,
    async jumpToUnread(): Promise<void> {
      const { mark } = unread
      if (mark.value === undefined) return
      if (unread.isMore.value) await reach(mark.value)
      rowWindow.reveal(({ kind }) => kind === 'unread')
      unread.seen()
      follow.showUnread()
    },
    /** Goes back to where the reader was. Returns a function that gives it up, and says where it was still going. */
    comeBack(position: ScrollPosition | undefined): () => ScrollPosition | undefined {
      const to = at === undefined ? position : undefined
      return startComeBack(to, { messages, view, reach, reveal, follow })
    },
    dispose: stopVisiting,
  }
}
