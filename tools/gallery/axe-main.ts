// npm run axe: checks every state of the page with axe, on a phone and on a desktop, in both themes and both text
// directions. After `--`: --only join-open,empty checks these states, --language de checks one language.
import { parseArgs } from 'node:util'
import { violationsOf } from './axe.ts'
import { type Device, sizeOf, THEMES } from './devices.ts'
import { untilDrawn } from './shoot.ts'
import { languagesFrom } from './speaks.ts'
import { STATES } from './states.ts'
import type { Studio } from './studio.ts'
import { type Stop, stopsOf, tour } from './tour.ts'

const WIDTH: Record<Device, number> = { touch: 390, mouse: 1280 }

const { values } = parseArgs({ options: { only: { type: 'string' }, language: { type: 'string' } } })
const languages = languagesFrom(values.language)
const started = Date.now()
const stops = stopsOf(STATES, values.only)
let looks = 0
let violations = 0

const failed: string[] = []
for (const language of languages) failed.push(...(await tour(language, stops, lookAt)))
const seconds = Math.round((Date.now() - started) / 1_000)
const states = new Set(stops.map(({ state }) => state)).size
console.log(
  `${states} states in ${languages.join(' and ')}, ${looks} checks in ${seconds} s: ${violations} violations`,
)
for (const failure of failed) console.error(failure)
process.exit(looks === 0 || violations > 0 || failed.length > 0 ? 1 : 0)

async function lookAt({ state, device }: Stop, studio: Studio): Promise<void> {
  const page = await state.show(studio)
  const width = WIDTH[device]
  await page.setViewportSize(sizeOf(width))
  await untilDrawn(page)
  await state.resized?.(page, studio)
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await untilDrawn(page)
    const found = await violationsOf(page)
    looks += 1
    violations += found.length
    for (const violation of found)
      console.log(`${state.name}, ${width}, ${theme}, ${studio.language}: ${violation}`)
  }
}
