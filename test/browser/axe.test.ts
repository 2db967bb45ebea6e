import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { CHROMIUM_FLAGS, findChromium } from '../../tools/chromium.mjs'
import { violationsOf } from '../../tools/gallery/axe.ts'
import { type Cast, createCast } from '../../tools/gallery/create-cast.ts'
import { THEMES } from '../../tools/gallery/devices.ts'
import { untilDrawn } from '../../tools/gallery/shoot.ts'
import { BOTH_WAYS, wordsIn } from '../../tools/gallery/speaks.ts'
import { STATES } from '../../tools/gallery/states.ts'
import { createStudio } from '../../tools/gallery/studio.ts'
import { devicesOf } from '../../tools/gallery/tour.ts'
import type {} from './server.ts'

/** One state of each kind that `npm run axe` checks. */
const SLICE = [
  'front-known',
  'join-name-taken',
  'conversation',
  'actions-sheet',
  'switcher-found',
  'not-found',
]

let browser: Browser
let cast: Cast
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
  cast = createCast(inject('baseUrl'))
})
afterAll(async () => {
  await cast?.end()
  await browser?.close()
})

const LOOKS = SLICE.flatMap((name) => BOTH_WAYS.map((language) => ({ name, language })))

it.for(LOOKS)('[AX1] axe finds nothing in the state $name, in either theme, in $language', async (look) => {
  const { name, language } = look
  const state = STATES.find((one) => one.name === name)
  const device = state && devicesOf(state)[0]
  if (state === undefined || device === undefined) throw new Error(`There is no state ${name}`)
  const words = await wordsIn(language)
  const studio = createStudio({ browser, cast, url: inject('baseUrl'), device, scale: 1, words })
  try {
    const page = await state.show(studio)
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await untilDrawn(page)
      expect(await violationsOf(page), colorScheme).toEqual([])
    }
  } finally {
    await studio.end()
  }
})
