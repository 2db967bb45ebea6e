/** Loads what may wait until the page has nothing else to do. What cannot be had now is done without. */
export function onceIdle(load: () => Promise<unknown>): void {
  const run = () => load().catch(() => {})
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 3_000 })
  else setTimeout(run, 500)
}
