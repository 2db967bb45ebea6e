import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

// How a browser test waits. For a value: `expect.poll`. For what the page shows: `shown` and `gone`. For the place of
// things: `settled`. Never for a time.

/** A busy machine is no failure: this ends only what hangs. `expect.poll` has as long, by vitest.config.ts. */
export const PATIENCE_MS = 60_000

/** The first that matches is there and visible. */
export const shown = (locator: Locator) => locator.first().waitFor()

/** None that matches is there. */
export const gone = (locator: Locator) => expect.poll(() => locator.count()).toBe(0)

/** Everything on the page has stayed where it is for several frames: what was on its way has been drawn. */
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

/** The window has another size, and the page has been drawn in it. */
export async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size)
  await expect.poll(() => page.evaluate(() => ({ width: innerWidth, height: innerHeight }))).toEqual(size)
  await settled(page)
}

/** From now on a page's time stands still unless the test moves it. The page's clock is installed. */
export async function stopTime(page: Page): Promise<void> {
  // This has to lie ahead still when the browser is told.
  const soon = (await page.evaluate(() => Date.now())) + 10_000
  await page.clock.pauseAt(soon)
}
