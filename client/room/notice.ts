import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Clock, SessionView } from '../session/index.ts'

const SHOWN_MS = 8_000

/** The newest refusal that belongs to no message. It shows for a while. */
export function createNotice(refusal: ReadonlySignal<SessionView['notice']>, clock: Clock) {
  const current = signal<SessionView['notice']>(undefined)
  let stopWaiting: (() => void) | undefined

  const dispose = effect(() => {
    const newest = refusal.value
    stopWaiting?.()
    current.value = newest
    if (newest) {
      stopWaiting = clock.after(SHOWN_MS, () => {
        current.value = undefined
      })
    }
  })

  return {
    current,
    dispose() {
      stopWaiting?.()
      dispose()
    },
  }
}
