import type { CDPSession, Page } from 'playwright-core'

/** A finger on the glass, as the browser itself hears of it. */
export interface Finger {
  down(x: number, y: number): Promise<void>
  /** Goes there in steps, as a finger does. */
  move(x: number, y: number): Promise<void>
  up(): Promise<void>
}

const STEPS = 8

export async function fingerOn(page: Page): Promise<Finger> {
  const line: CDPSession = await page.context().newCDPSession(page)
  let at = { x: 0, y: 0 }
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: (typeof at)[]) =>
    line.send('Input.dispatchTouchEvent', { type, touchPoints })
  return {
    async down(x, y) {
      at = { x, y }
      await touch('touchStart', [at])
    },
    async move(x, y) {
      const from = at
      for (let step = 1; step <= STEPS; step += 1) {
        const part = (to: number, start: number) => start + ((to - start) * step) / STEPS
        at = { x: part(x, from.x), y: part(y, from.y) }
        await touch('touchMove', [at])
      }
    },
    up: async () => {
      await touch('touchEnd', [])
    },
  }
}
