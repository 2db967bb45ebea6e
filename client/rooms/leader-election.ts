import { effect, type ReadonlySignal, signal } from '@preact/signals'

const LOCK = 'hallway-watch'

/**
 * Whether this is the one tab that does what has to be done once for all tabs of this browser. A tab stands in line
 * while it is `willing`. Where there are no locks (plain http) each tab leads itself.
 */
export function leadWhile(willing: ReadonlySignal<boolean>): ReadonlySignal<boolean> {
  if (!('locks' in navigator)) return willing
  const leads = signal(false)
  effect(() => {
    if (!willing.value) return
    const over = new AbortController()
    const ended = over.signal
    const lead = (): Promise<void> => {
      if (ended.aborted) return Promise.resolve()
      leads.value = true
      return new Promise((resolve) => ended.addEventListener('abort', () => resolve()))
    }
    // Ends with an error where the wait was given up.
    navigator.locks.request(LOCK, { signal: ended }, lead).catch(() => {})
    return () => {
      leads.value = false
      over.abort()
    }
  })
  return leads
}
