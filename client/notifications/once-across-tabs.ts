/** As long as other tabs may take to hear of the same. */
const HELD_MS = 5 * 60_000
const EYES = 'hallway-eyes'

/** Does something in one of the tabs of this browser: the first one that asks under this name. */
export function onceAcrossTabs(name: string, run: () => void): void {
  if (!('locks' in navigator)) return run()
  navigator.locks
    .request(`hallway-once:${name}`, { ifAvailable: true }, (lock) => {
      if (lock === null) return undefined
      run()
      return new Promise((resolve) => setTimeout(resolve, HELD_MS))
    })
    .catch(() => {})
}

/** Says to the other tabs that this one is looked at, until what it answers is called. */
export function holdEyes(): () => void {
  if (!('locks' in navigator)) return () => {}
  const over = new AbortController()
  navigator.locks
    .request(EYES, { mode: 'shared', signal: over.signal }, () => {
      if (over.signal.aborted) return undefined
      return new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve()))
    })
    .catch(() => {})
  return () => over.abort()
}

/** Whether some tab is looked at. */
export async function isLookedAt(): Promise<boolean> {
  if (!document.hidden) return true
  if (!('locks' in navigator)) return false
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === EYES)
}
