import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'

/** Where `npm run images` puts the pictures of the documents; other runs take none. */
const IMAGES = process.env.HALLWAY_IMAGES

export async function picture(page: Page, name: string): Promise<void> {
  if (IMAGES === undefined) return
  mkdirSync(IMAGES, { recursive: true })
  await page.screenshot({ path: `${IMAGES}/${name}.png`, animations: 'disabled' })
}
