import type { BrowserContext, Page } from 'playwright-core'

/** The page's record of its live regions. */
interface Hearing {
  heard?: string[]
}

/**
 * Starts to record a visitor's screen-reader announcements, in order: `polite: …` or `assertive: …`. Like screen
 * readers, it notes changed text in an existing region, an alert also when it appears, and nothing in a region that is
 * off.
 */
export async function listen(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const REGIONS = '[aria-live], [role=status], [role=alert], [role=log]'
    const heard: string[] = []
    const last = new WeakMap<Element, string>()
    ;(globalThis as Hearing).heard = heard

    const liveness = (region: Element) =>
      region.getAttribute('aria-live') ?? (region.getAttribute('role') === 'alert' ? 'assertive' : 'polite')
    const hear = (region: Element | null | undefined) => {
      if (!region || liveness(region) === 'off') return
      const text = region.textContent?.replaceAll('\u00a0', ' ').trim() ?? ''
      if (text !== '' && text !== last.get(region)) heard.push(`${liveness(region)}: ${text}`)
      last.set(region, text)
    }
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const at = target instanceof Element ? target : target.parentElement
        hear(at?.closest(REGIONS))
        for (const node of addedNodes) {
          if (!(node instanceof Element)) continue
          for (const alert of node.querySelectorAll('[role=alert]')) hear(alert)
          if (node.matches('[role=alert]')) hear(node)
        }
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
}

/** The announcements since the last call. */
export function heard(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as Hearing).heard?.splice(0) ?? [])
}
