/** The figures that a page collects, for the bench to read. */
export interface Watched {
  /** Milliseconds from navigation until the newest message is visible and the visitor can write. */
  ready: number | undefined
  lcp: number | undefined
  cls: number
}

declare global {
  interface Window {
    watched: Watched
  }
}

/** Runs before the page's own code: notes when the newest message is drawn and can be answered. */
export function watch(newest: string): void {
  const watched: Watched = { ready: undefined, lcp: undefined, cls: 0 }
  window.watched = watched
  const look = () => {
    const last = [...document.getElementsByClassName('message')].at(-1)
    const field = document.querySelector<HTMLTextAreaElement>('.composer__field')
    if (watched.ready !== undefined || last?.getAttribute('data-seq') !== newest || !field || field.disabled)
      return
    // The next frame, when the message is drawn.
    requestAnimationFrame(() => {
      watched.ready ??= performance.now()
      changes.disconnect()
    })
  }
  const changes = new MutationObserver(look)
  changes.observe(document, { childList: true, subtree: true })

  new PerformanceObserver((list) => {
    watched.lcp = list.getEntries().at(-1)?.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
      if (!hadRecentInput) watched.cls += value
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
