/** Loads a module once the page is idle. A failure is ignored: the page works without it. */
export function onceIdle(load: () => Promise<unknown>): void {
  const run = () => load().catch(() => {})
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 3_000 })
  else setTimeout(run, 500)
}
