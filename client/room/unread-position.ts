import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Joined } from '../../src/protocol/server-frames.ts'
import { isUnread, type Session, type TimelineItem } from '../session/index.ts'
import { dropReadMarker, readMarkerOf, saveReadMarker } from '../storage/read-markers.ts'

interface UnreadPositionDeps {
  room: string
  session: Pick<Session, 'read'>
  self: ReadonlySignal<Joined | undefined>
  /** Everything up to the present, whatever is shown. */
  timeline: ReadonlySignal<readonly TimelineItem[]>
  hasOlder: ReadonlySignal<boolean>
  newestSeq: ReadonlySignal<number>
  /** Whether the newest message is in view, if the page is. */
  isAtPresent: ReadonlySignal<boolean>
  isVisible: ReadonlySignal<boolean>
}

export type UnreadPosition = ReturnType<typeof createUnreadPosition>

/**
 * The line above the first unread message. It is set when the reader joins and again when they look away, so that it
 * does not move while they read. The stored read marker moves on with what they read.
 */
export function createUnreadPosition(deps: UnreadPositionDeps) {
  const mark = signal<number | undefined>(undefined)
  /** Whether the reader has seen the line, or has no use for it. */
  const isSeen = signal(true)
  let hasBegun = false

  const messages = computed(() => {
    const from = mark.value
    if (from === undefined) return []
    return deps.timeline.value.flatMap((item) =>
      isUnread(item, deps.self.value) && item.message.seq > from ? [item.message] : [],
    )
  })
  const first = computed(() => messages.value[0]?.seq)
  /** Whether more messages may be unread than are loaded. */
  const isMore = computed(() => {
    const [oldest] = deps.timeline.value
    return deps.hasOlder.value && oldest?.kind === 'message' && oldest.message.seq > (mark.value ?? 0) + 1
  })

  const stop = effect(() => {
    const { self, newestSeq } = deps
    // The newest page comes with `joined` or right after it. An empty room has none to wait for.
    if (self.value === undefined || (newestSeq.value === 0 && self.value.seq > 0)) return
    if (!hasBegun) begin(self.value)
    if (deps.isAtPresent.value && deps.isVisible.value) {
      saveReadMarker(deps.room, newestSeq.value)
      deps.session.read(newestSeq.value)
    }
  })

  function begin({ read = -1, seq }: Joined): void {
    hasBegun = true
    // The room was erased and begun again: the marker is of the old one.
    if ((readMarkerOf(deps.room) ?? -1) > seq) dropReadMarker(deps.room)
    const position = Math.max(readMarkerOf(deps.room) ?? -1, read)
    // A new visitor has no unread messages.
    if (position < 0 || position > seq) return
    mark.value = position
    isSeen.value = first.peek() === undefined
  }

  const stopFreezing = effect(() => {
    if (deps.isVisible.value || !hasBegun || !deps.isAtPresent.peek()) return
    mark.value = deps.newestSeq.peek()
    isSeen.value = true
  })

  return {
    mark,
    first,
    isMore,
    count: computed(() => messages.value.length),
    isSeen,
    seen(): void {
      isSeen.value = true
    },
    dispose(): void {
      stop()
      stopFreezing()
    },
  }
}
