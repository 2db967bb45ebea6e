/** What a page tells of itself; it is asked for from outside. */
export interface Watched {
  /** Ms from navigation until one can write and sees what was said last. */
  ready: number | undefined
  lcp: number | undefined
  cls: number
}

declare global {
  interface Window {
    watched: Watched
  }
}

/** Runs in the page before anything of its own: notes when the newest message is there and can be answered. */
export function watch(newest: string): void {
  const watched: Watched = { ready: undefined, lcp: undefined, cls: 0 }
  window.watched = watched
  const look = () => {
    const last = [...document.getElementsByClassName('message')].at(-1)
    const field = document.querySelector<HTMLTextAreaElement>('.composer__field')
    if (watched.ready !== undefined || last?.getAttribute('data-seq') !== newest || !field || field.disabled)
      return
    // Drawn, not only there.
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
