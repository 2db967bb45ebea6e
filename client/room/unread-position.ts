import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Joined } from '../../src/protocol/server-frames.ts'
import { isUnread, type Session, type TimelineItem } from '../session/index.ts'
import { dropReadMarker, readMarkerOf, saveReadMarker } from '../storage/read-markers.ts'

interface Surroundings {
  room: string
  session: Pick<Session, 'read'>
  self: ReadonlySignal<Joined | undefined>
  /** Up to the present. */
  timeline: ReadonlySignal<readonly TimelineItem[]>
  hasOlder: ReadonlySignal<boolean>
  newestSeq: ReadonlySignal<number>
  /** Whether the newest message is before the reader's eyes, if the page is. */
  isAtPresent: ReadonlySignal<boolean>
  isVisible: ReadonlySignal<boolean>
}

export type UnreadPosition = ReturnType<typeof createUnreadPosition>

/**
 * Where one had read to: frozen as one comes in, and again each time one looks away, so that the line does not move
 * while one reads. The place that is kept for the next time moves on with what is read.
 */
export function createUnreadPosition(of: Surroundings) {
  const mark = signal<number | undefined>(undefined)
  /** Whether the line was before the reader's eyes by now, or is of no use to them. */
  const isSeen = signal(true)
  let hasBegun = false

  const messages = computed(() => {
    const from = mark.value
    if (from === undefined) return []
    return of.timeline.value.flatMap((item) =>
      isUnread(item, of.self.value) && item.message.seq > from ? [item.message] : [],
    )
  })
  const first = computed(() => messages.value[0]?.seq)
  /** Whether more may be unread than what is loaded of it. */
  const isMore = computed(() => {
    const [oldest] = of.timeline.value
    return of.hasOlder.value && oldest?.kind === 'message' && oldest.message.seq > (mark.value ?? 0) + 1
  })

  const stop = effect(() => {
    const { self, newestSeq } = of
    // The newest page comes with `joined` or right after it; in an empty room there is none to wait for.
    if (self.value === undefined || (newestSeq.value === 0 && self.value.seq > 0)) return
    if (!hasBegun) begin(self.value)
    if (of.isAtPresent.value && of.isVisible.value) {
      saveReadMarker(of.room, newestSeq.value)
      of.session.read(newestSeq.value)
    }
  })

  function begin({ read = -1, seq }: Joined): void {
    hasBegun = true
    // The room has begun anew, and so does what was read of it.
    if ((readMarkerOf(of.room) ?? -1) > seq) dropReadMarker(of.room)
    const place = Math.max(readMarkerOf(of.room) ?? -1, read)
    // Nothing is unread to whoever was never here.
    if (place < 0 || place > seq) return
    mark.value = place
    isSeen.value = first.peek() === undefined
  }

  const stopFreezing = effect(() => {
    if (of.isVisible.value || !hasBegun || !of.isAtPresent.peek()) return
    mark.value = of.newestSeq.peek()
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
