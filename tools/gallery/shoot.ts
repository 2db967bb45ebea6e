import type { Page } from 'playwright-core'
import { DEVICES, type Device, sizeOf, THEMES, type Theme } from './devices.ts'
import { findFlaws } from './flaws.ts'
import type { PageState } from './page-state.ts'
import type { Studio } from './studio.ts'

/** A picture to take, and its path. */
export interface Shot {
  width: number
  theme: Theme
  path: string
}

/** The flaws found in each picture, by its path. */
export type Flaws = Map<string, string[]>

/** Reaches a state once and takes all its pictures. */
export async function shoot(
  state: PageState,
  studio: Studio,
  shots: readonly Shot[],
  flaws: Flaws,
): Promise<void> {
  const page = await state.show(studio)
  for (const width of new Set(shots.map((shot) => shot.width))) {
    await page.setViewportSize(sizeOf(width))
    await untilDrawn(page)
    await state.resized?.(page, studio)
    for (const shot of shots.filter((wanted) => wanted.width === width)) {
      await page.emulateMedia({ colorScheme: shot.theme })
      await untilDrawn(page)
      await page.screenshot({ path: shot.path, animations: 'disabled' })
      const found = await page.evaluate(findFlaws)
      if (found.length > 0) flaws.set(shot.path, found)
    }
  }
}

/** Every picture of a state on a kind of device. */
export function allShots({ name }: PageState, device: Device, path: (file: string) => string): Shot[] {
  return DEVICES[device].widths.flatMap((width) =>
    THEMES.map((theme) => ({ width, theme, path: path(`${name}-${width}-${theme}.png`) })),
  )
}

/** Waits until the page has drawn its last change. */
export function untilDrawn(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )
}
