import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { Clock } from '../session/index.ts'

/** Who looks elsewhere for a moment finds everything as it is now. */
const LINGER_MS = 5 * 60_000

/** Whether the page is looked at, or was a while ago. */
export function createRoomNotifications(
  visible: ReadonlySignal<boolean>,
  after: Clock['after'],
): ReadonlySignal<boolean> {
  const attended = signal(visible.peek())
  effect(() => {
    if (!visible.value) {
      return after(LINGER_MS, () => {
        attended.value = false
      })
    }
    untracked(() => {
      attended.value = true
    })
    return undefined
  })
  return attended
}
