/** How long other tabs may take to receive the same event. */
const HELD_MS = 5 * 60_000
const VISIBLE_LOCK = 'hallway-eyes'

/** Runs `run` in only one tab of this browser: the first that asks for `name`. */
export function onceAcrossTabs(name: string, run: () => void): void {
  if (!('locks' in navigator)) return run()
  let isAsked = false
  navigator.locks
    .request(`hallway-once:${name}`, { ifAvailable: true }, (lock) => {
      isAsked = true
      if (lock === null) return undefined
      run()
      return new Promise((resolve) => setTimeout(resolve, HELD_MS))
    })
    // Where the browser refuses locks, it is as if it had none.
    .catch(() => isAsked || run())
}

/** Tells other tabs that this one is visible. The returned function ends that. */
export function announceVisibleTab(): () => void {
  if (!('locks' in navigator)) return () => {}
  const over = new AbortController()
  navigator.locks
    .request(VISIBLE_LOCK, { mode: 'shared', signal: over.signal }, () => {
      if (over.signal.aborted) return undefined
      return new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve()))
    })
    .catch(() => {})
  return () => over.abort()
}

/** Whether any tab is visible. */
export async function isAnyTabVisible(): Promise<boolean> {
  if (!document.hidden) return true
  if (!('locks' in navigator)) return false
  const { held = [] } = await navigator.locks.query().catch((): LockManagerSnapshot => ({}))
  return held.some(({ name }) => name === VISIBLE_LOCK)
}
