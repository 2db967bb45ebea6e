// Draws the home-screen icons from icon.svg. A system may crop an icon to any shape: the door stays within the circle
// that every mask keeps.
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { CHROMIUM_FLAGS, ensureChromium } from '../chromium.mjs'
import { root } from '../install.mjs'

const ICONS = [
  { file: 'apple-touch-icon.png', size: 180 },
  { file: 'icon-192.png', size: 192 },
  { file: 'icon-512.png', size: 512 },
]

const drawing = readFileSync(`${root}tools/icons/icon.svg`)
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_FLAGS })
for (const { file, size } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.goto(`data:image/svg+xml;base64,${drawing.toString('base64')}`)
  await page.screenshot({ path: `${root}client/public/${file}` })
}
await browser.close()
