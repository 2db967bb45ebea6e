import type { Page } from 'playwright-core'
import { messages } from '../../tools/page/room-page.ts'
import { settled } from './waiting.ts'

/**
 * Starts to count the browser's own layout shifts within elements of this selector. The returned function gives the sum
 * so far.
 */
export async function watchShifts(page: Page, within = 'body'): Promise<() => Promise<number>> {
  const watched = await page.evaluateHandle((within) => {
    let sum = 0
    const from = performance.now()
    const add = (entries: PerformanceEntryList) => {
      for (const entry of entries) {
        const sources: { node: Node | null }[] = Reflect.get(entry, 'sources')
        const isWithin = sources.some(({ node }) =>
          (node instanceof Element ? node : node?.parentElement)?.closest(within),
        )
        if (entry.startTime >= from && isWithin) sum += Number(Reflect.get(entry, 'value'))
      }
    }
    const observer = new PerformanceObserver((list) => add(list.getEntries()))
    observer.observe({ type: 'layout-shift' })
    return {
      sum: () => {
        add(observer.takeRecords())
        return sum
      },
    }
  }, within)
  return async () => {
    await settled(page)
    return watched.evaluate(({ sum }) => sum())
  }
}

/**
 * Measures in each frame how far an element is from where it was, as drawn, after the page's own corrections in that
 * frame. The returned function gives the most, in pixels.
 */
export async function watchPlace(page: Page, text: string): Promise<() => Promise<number>> {
  const element = await messages(page).getByText(text, { exact: true }).elementHandle()
  const watched = await page.evaluateHandle((element) => {
    if (!element) throw new Error('There is nothing to watch')
    const watch = { most: 0 }
    let start: number | undefined
    const observer = new IntersectionObserver((entries) => {
      for (const { boundingClientRect } of entries) {
        start ??= boundingClientRect.top
        watch.most = Math.max(watch.most, Math.abs(boundingClientRect.top - start))
      }
    })
    // A newly observed element is reported in this frame.
    const look = () => {
      observer.unobserve(element)
      observer.observe(element)
      requestAnimationFrame(look)
    }
    look()
    return watch
  }, element)
  await settled(page)
  return async () => {
    await settled(page)
    return watched.evaluate(({ most }) => most)
  }
}

/** The boxes of all elements of this selector, in the window. */
export function placesOf(page: Page, selector: string): Promise<number[][]> {
  return page.locator(selector).evaluateAll((all) =>
    all.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return [x, y, width, height]
    }),
  )
}

/** Scrolls the timeline up from the present, and waits until the page has noticed. */
export async function readAbove(page: Page, pixels: number): Promise<void> {
  await messages(page).evaluate((scroller, pixels) => {
    scroller.scrollTop = -pixels
  }, pixels)
  await page.getByRole('button', { name: 'Jump to the latest messages' }).waitFor()
  await settled(page)
}

/** A message in the middle of the view. */
export function textInView(page: Page): Promise<string> {
  return messages(page).evaluate((scroller) => {
    const { top, bottom } = scroller.getBoundingClientRect()
    const rows = [...scroller.querySelectorAll('p.markdown__lines')]
    return rows.find((row) => row.getBoundingClientRect().top > (top + bottom) / 2)?.textContent ?? ''
  })
}
