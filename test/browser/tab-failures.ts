import type { Page } from 'playwright-core'

/** Ends the tab at once, as in a browser crash. No event reaches the page. */
export async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  const devtools = await page.context().newCDPSession(page)
  devtools.send('Page.crash').catch(() => {})
  await crashed
  await page.close()
}

/**
 * Freezes the page until the returned function is called. Unlike in a tab frozen by the browser, broadcasts of other
 * tabs are lost meanwhile.
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

/** Lets the test run a page's timers. Unlike `page.clock`, it needs no other tab, which may be frozen. */
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
