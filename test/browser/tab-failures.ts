import type { Page } from 'playwright-core'

/** The tab is gone at once, as by a fault of the browser: nothing on the page hears of it. */
export async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  const devtools = await page.context().newCDPSession(page)
  devtools.send('Page.crash').catch(() => {})
  await crashed
  await page.close()
}

/**
 * Nothing on the page runs any more, until what this answers is called: as in a tab that the browser has put to rest,
 * only that it misses what other tabs broadcast meanwhile.
 */
export async function freeze(page: Page): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Debugger.enable')
  const paused = new Promise((resolve) => devtools.once('Debugger.paused', resolve))
  await devtools.send('Debugger.pause')
  page.evaluate(() => {}).catch(() => {})
  await paused
  return async () => {
    await devtools.send('Debugger.resume')
    await devtools.detach()
  }
}

/** Takes a page's timers into the test's hands. Unlike `page.clock`, it asks nothing of other tabs, frozen ones. */
export async function holdTime(page: Page): Promise<(ms: number) => Promise<void>> {
  const clock = await page.evaluateHandle(() => {
    const timers = new Map<number, { at: number; run: TimerHandler }>()
    let [now, number] = [0, 0]
    Object.assign(globalThis, {
      setTimeout(run: TimerHandler, ms = 0) {
        number += 1
        timers.set(number, { at: now + ms, run })
        return number
      },
      clearTimeout: (timer: number) => timers.delete(timer),
    })
    return {
      pass(ms: number) {
        now += ms
        for (const [timer, { at, run }] of timers) {
          if (at > now || !timers.delete(timer) || typeof run === 'string') continue
          run()
        }
      },
    }
  })
  return (ms) => clock.evaluate((clock, ms) => clock.pass(ms), ms)
}
