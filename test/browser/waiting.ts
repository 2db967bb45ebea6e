import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

// How a browser test waits. For a value: `expect.poll`. For what the page shows: `shown` and `gone`. For the place of
// things: `settled`. Never for a time.

/** Long, so that a busy machine causes no failure. `expect.poll` has the same, by vitest.config.ts. */
export const PATIENCE_MS = 60_000

/** Waits until the first match is visible. */
export const shown = (locator: Locator) => locator.first().waitFor()

/** Waits until there is no match. */
export const gone = (locator: Locator) => expect.poll(() => locator.count()).toBe(0)

/** Waits until nothing on the page has moved for several frames. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const STILL_FRAMES = 6
    const placesNow = () =>
      [...document.querySelectorAll('body, body *')]
        .map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect()
          return [x, y, width, height]
        })
        .join()
    let places = ''
    for (let still = 0; still < STILL_FRAMES; still += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      const now = placesNow()
      if (now !== places) still = 0
      places = now
    }
  })
}

/** Resizes the window, and waits until the page is drawn in it. */
export async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size)
  await expect.poll(() => page.evaluate(() => ({ width: innerWidth, height: innerHeight }))).toEqual(size)
  await settled(page)
}

/** Stops a page's clock until the test advances it. The page's clock has to be installed. */
export async function stopTime(page: Page): Promise<void> {
  // It has to be in the future when it reaches the browser.
  const soon = (await page.evaluate(() => Date.now())) + 10_000
  await page.clock.pauseAt(soon)
}
