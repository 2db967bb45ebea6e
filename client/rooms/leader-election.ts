import { effect, type ReadonlySignal, signal } from '@preact/signals'

const LOCK = 'hallway-watch'

/**
 * Whether this tab is the leader tab, which works for all tabs of the browser. A tab waits for its turn while it is
 * `willing`. Without locks (plain http) every tab leads itself.
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
    // Rejects when the wait was aborted, and where the browser refuses locks: then it is as if it had none.
    navigator.locks.request(LOCK, { signal: ended }, lead).catch(() => {
      if (!ended.aborted) isLeader.value = true
    })
    return () => {
      isLeader.value = false
      over.abort()
    }
  })
  return isLeader
}
