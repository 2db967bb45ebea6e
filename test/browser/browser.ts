import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { findChromium } from '../../scripts/chromium.mjs'

const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 } },
} satisfies Record<string, BrowserContextOptions>

const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

interface Visitor extends BrowserContextOptions {
  device?: keyof typeof DEVICES
  /** Complaints this visitor is meant to meet, such as the 404 of a missing page. */
  expected?: RegExp
}

/**
 * A Chromium for the tests of a file. Each `visitor()` is a person of their own, with their own cookies and
 * storage; addresses are relative to the server under test. A test fails if any of its visitors met an
 * uncaught error, an error on the console or something that the Content-Security-Policy refused.
 */
export function useBrowser(): { visitor(options?: Visitor): Promise<BrowserContext> } {
  let browser: Browser
  const visitors: { context: BrowserContext; complaints: string[] }[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS })
  })

  afterAll(() => browser?.close())

  afterEach(async () => {
    const met = visitors.splice(0)
    await Promise.all(met.map(({ context }) => context.close()))
    expect(met.flatMap(({ complaints }) => complaints)).toEqual([])
  })

  return {
    async visitor({ device = 'desktop', expected, ...options } = {}) {
      const baseURL = inject('baseUrl')
      const context = await browser.newContext({ baseURL, ...DEVICES[device], ...options })
      visitors.push({ context, complaints: listen(context, expected) })
      return context
    },
  }
}

function listen(context: BrowserContext, expected?: RegExp): string[] {
  const complaints: string[] = []
  const complain = (text: string) => {
    if (!expected?.test(text)) complaints.push(text)
  }
  // Chromium reports what a policy refused as an error on the console as well.
  context.on('console', (message) => {
    if (message.type() === 'error') complain(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => complain(error.error().stack ?? String(error.error())))
  return complaints
}
