import { effect, type ReadonlySignal, untracked } from '@preact/signals'
import type { SessionView } from '../../session/index.ts'
import type { ScrollPosition } from '../../storage/scroll-positions.ts'
import type { Follow } from './follow.ts'

interface ComeBackDeps {
  messages: ReadonlySignal<ReadonlyMap<number, unknown>>
  view: ReadonlySignal<SessionView>
  /** Loads the messages around this one. */
  reach(seq: number): Promise<void>
  reveal(seq: number): void
  follow: Pick<Follow, 'leftAt' | 'returnTo'>
}

/**
 * Goes back to the reader's last position once the room's newest page is loaded, unless they have scrolled meanwhile.
 * Returns a function that gives this up, and returns the position if it was still on the way there.
 */
export function startComeBack(
  to: ScrollPosition | undefined,
  { messages, view, reach, reveal, follow }: ComeBackDeps,
): () => ScrollPosition | undefined {
  let pending = to
  let begun = false
  const stop = effect(() => {
    const { self } = view.value
    if (to === undefined || self === undefined || messages.value.size === 0) return
    // The room was erased and begun again: the message is gone.
    if (to.leftAt > self.seq) pending = undefined
    else untracked(() => go(to))
    queueMicrotask(() => stop())
  })

  async function go(position: ScrollPosition): Promise<void> {
    if (begun) return
    begun = true
    // Loading far above makes the reader leave the present, so this is read before.
    const hasScrolled = follow.leftAt.peek() !== undefined
    if (!hasScrolled && !messages.peek().has(position.seq)) await reach(position.seq)
    if (pending === undefined) return
    pending = undefined
    if (hasScrolled || !messages.peek().has(position.seq)) return
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
