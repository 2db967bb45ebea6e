import { effect, type ReadonlySignal, signal } from '@preact/signals'

const LOCK = 'hallway-watch'

/**
 * Whether this tab does what one tab of this browser does for all. A tab waits for its turn
 * while it is `willing`. Where there are no locks (plain http) each tab leads itself.
 */
export function electLeaderTab(willing: ReadonlySignal<boolean>): ReadonlySignal<boolean> {
  if (!('locks' in navigator)) return willing
  const isLeader = signal(false)
  effect(() => {
    if (!willing.value) return
    const over = new AbortController()
    const ended = over.signal
    const lead = (): Promise<void> => {
      if (ended.aborted) return Promise.resolve()
      isLeader.value = true
      return new Promise((resolve) => ended.addEventListener('abort', () => resolve()))
    }
    // Ends with an error where the wait was given up.
    navigator.locks.request(LOCK, { signal: ended }, lead).catch(() => {})
    return () => {
      isLeader.value = false
      over.abort()
    }
  })
  return isLeader
}
