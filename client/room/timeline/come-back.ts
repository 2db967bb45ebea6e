import { effect, type ReadonlySignal, untracked } from '@preact/signals'
import type { SessionView } from '../../session/index.ts'
import type { ScrollPosition } from '../../storage/scroll-positions.ts'
import type { Follow } from './follow.ts'

interface Surroundings {
  messages: ReadonlySignal<ReadonlyMap<number, unknown>>
  view: ReadonlySignal<SessionView>
  /** Loads what is around a message. */
  reach(seq: number): Promise<void>
  reveal(seq: number): void
  follow: Pick<Follow, 'leftAt' | 'returnTo'>
}

/**
 * Goes back to where one was reading, once the room's newest page is there, unless the reader has gone elsewhere
 * meanwhile. What this answers gives it up, and says where it was still on its way to.
 */
export function startComeBack(
  to: ScrollPosition | undefined,
  { messages, view, reach, reveal, follow }: Surroundings,
): () => ScrollPosition | undefined {
  let pending = to
  let begun = false
  const stop = effect(() => {
    const { self } = view.value
    if (to === undefined || self === undefined || messages.value.size === 0) return
    // The room has begun anew: what stood there is gone.
    if (to.leftAt > self.seq) pending = undefined
    else untracked(() => go(to))
    queueMicrotask(() => stop())
  })

  async function go(position: ScrollPosition): Promise<void> {
    if (begun) return
    begun = true
    // Once what is far above is loaded, nobody counts as at the present: this is asked before.
    const hasGone = follow.leftAt.peek() !== undefined
    if (!hasGone && !messages.peek().has(position.seq)) await reach(position.seq)
    if (pending === undefined) return
    pending = undefined
    if (hasGone || !messages.peek().has(position.seq)) return
    reveal(position.seq)
    follow.returnTo(position)
  }

  return () => {
    stop()
    const missed = pending
    pending = undefined
    return missed
  }
}
