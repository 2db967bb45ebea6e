import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { Clock } from '../session/index.ts'

/** How long a hidden page still counts as visible. */
const LINGER_MS = 5 * 60_000

/** Whether the page is visible, or was a short time ago. */
export function createRecentlyVisible(
  visible: ReadonlySignal<boolean>,
  after: Clock['after'],
): ReadonlySignal<boolean> {
  const isRecent = signal(visible.peek())
  effect(() => {
    if (!visible.value) {
      return after(LINGER_MS, () => {
        isRecent.value = false
      })
    }
    untracked(() => {
      isRecent.value = true
    })
    return undefined
  })
  return isRecent
}
