import type { CDPSession, Page } from 'playwright-core'

/** A finger, as the browser receives it. */
export interface Finger {
  down(x: number, y: number): Promise<void>
  /** Moves in steps without a pause, because a pause at first is a long press. */
  drag(from: Point, to: Point): Promise<void>
  up(): Promise<void>
}

type Point = readonly [x: number, y: number]

const STEPS = 8

export async function fingerOn(page: Page): Promise<Finger> {
  const line: CDPSession = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: Point) =>
    line.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [{ x: at[0], y: at[1] }] : [] })
  return {
    async down(x, y) {
      await touch('touchStart', [x, y])
    },
    async drag(from, to) {
      const part = (axis: 0 | 1, step: number) => from[axis] + ((to[axis] - from[axis]) * step) / STEPS
      const steps = Array.from({ length: STEPS }, (_, n) => [part(0, n + 1), part(1, n + 1)] as const)
      await Promise.all([touch('touchStart', from), ...steps.map((at) => touch('touchMove', at))])
    },
    up: async () => {
      await touch('touchEnd')
    },
  }
}
