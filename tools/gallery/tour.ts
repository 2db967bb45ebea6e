import { chromium } from 'playwright-core'
import type { Language } from '../../client/i18n/page-languages.ts'
import { CHROMIUM_FLAGS, ensureChromium } from '../chromium.mjs'
import { startDevServer } from '../dev-server.mjs'
import { createCast } from './create-cast.ts'
import type { Device } from './devices.ts'
import type { PageState } from './page-state.ts'
import { wordsIn } from './speaks.ts'
import { createStudio, type Studio } from './studio.ts'

/** States at the same time: the browser and the server share the cores. */
const AT_ONCE = 3

export interface Stop {
  state: PageState
  device: Device
}

/** Visits each state in a language, on the real server and in its own studio. Returns a line for each failure. */
export async function tour<S extends Stop>(
  language: Language,
  stops: readonly S[],
  look: (stop: S, studio: Studio) => Promise<void>,
  scaleOn: (device: Device) => number = () => 1,
): Promise<string[]> {
  const failed: string[] = []
  const words = await wordsIn(language)
  const server = await startDevServer()
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_FLAGS })
  const cast = createCast(server.url)
  const left = stops.values()
  const lane = async () => {
    for (const stop of left) {
      const { state, device } = stop
      const studio = createStudio({ browser, cast, url: server.url, device, scale: scaleOn(device), words })
      await look(stop, studio)
        .catch((fault) => failed.push(`${state.name}, ${device}, ${language}: ${fault}`))
        .finally(() => studio.end())
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  await cast.end()
  await browser.close()
  await server.stop()
  return failed
}

/** The states named in `only`, by default all, on each kind of device that shows them. */
export function stopsOf(states: readonly PageState[], only: string | undefined): Stop[] {
  const names = only?.split(',')
  return states
    .filter(({ name }) => names === undefined || names.includes(name))
    .flatMap((state) => devicesOf(state).map((device) => ({ state, device })))
}

export function devicesOf({ on }: PageState): Device[] {
  return on ? [on] : ['touch', 'mouse']
}
