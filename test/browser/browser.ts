import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { securityHeaders } from '../../src/protocol/headers.ts'
import { CHROMIUM_FLAGS, findChromium } from '../../tools/chromium.mjs'
import { PATIENCE_MS } from './waiting.ts'

const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 } },
} satisfies Record<string, BrowserContextOptions>

/** The beginning of an error about a violated policy. */
const POLICY = 'Refused by the policy: '
const POLICY_HEADER = 'Content-Security-Policy'
/** How long to wait for a page's last errors: a frozen or closed page reports none. */
const LAST_WORD_MS = 2_000

interface Visitor extends BrowserContextOptions {
  device?: keyof typeof DEVICES
  /** Errors that this visitor may meet, such as the 404 of a missing page. Policy violations are never expected. */
  expected?: RegExp
}

interface Visitors {
  visitor(options?: Visitor): Promise<BrowserContext>
  /** Takes the errors that a visitor has met so far. The test then has to check them. */
  complaintsOf(visitor: BrowserContext): Promise<string[]>
}

/**
 * A Chromium for the tests of a file. Each `visitor()` has their own cookies and storage. Addresses are relative to the
 * server under test. A test fails if any visitor met an uncaught error, an error on the console, a page of ours without
 * its Content-Security-Policy, or a violation of it.
 */
export function useBrowser(): Visitors {
  let browser: Browser
  const visitors = new Map<BrowserContext, string[]>()

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
  })

  afterAll(() => browser?.close())

  afterEach(async () => {
    const met = [...visitors]
    visitors.clear()
    await Promise.all(
      met.map(async ([context]) => {
        await allSaid(context)
        await context.close()
      }),
    )
    expect(met.flatMap(([, complaints]) => complaints)).toEqual([])
  })

  return {
    async visitor({ device = 'desktop', expected, ...options } = {}) {
      const baseURL = inject('baseUrl')
      const context = await browser.newContext({
        baseURL,
        // Its cache would answer instead of the server under test.
        serviceWorkers: 'block',
        // A moving element is not where a test expects it. Tests of motion turn motion on.
        reducedMotion: 'reduce',
        ...DEVICES[device],
        ...options,
      })
      context.setDefaultTimeout(PATIENCE_MS)
      visitors.set(context, await listen(context, expected))
      return context
    },
    async complaintsOf(visitor) {
      await allSaid(visitor)
      return visitors.get(visitor)?.splice(0) ?? []
    },
  }
}

async function listen(context: BrowserContext, expected?: RegExp): Promise<string[]> {
  const complaints: string[] = []
  const complain = (text: string) => {
    if (text.startsWith(POLICY) || !expected?.test(text)) complaints.push(text)
  }
  // Runs in every frame of every page, before its own scripts.
  await context.addInitScript((policy) => {
    addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI, sample, documentURI }) =>
        console.error(`${policy}${effectiveDirective} ${blockedURI} ${sample} on ${documentURI}`),
      { capture: true },
    )
  }, POLICY)
  // Chromium also reports a policy violation as an error on the console.
  context.on('console', (message) => {
    if (message.type() === 'error') complain(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => complain(error.error().stack ?? String(error.error())))
  context.on('response', (response) => {
    if (response.request().resourceType() !== 'document') return
    if (!response.url().startsWith(inject('baseUrl'))) return
    const policy = response.headers()[POLICY_HEADER.toLowerCase()]
    if (policy !== securityHeaders[POLICY_HEADER]) complain(`${POLICY}not there, on ${response.url()}`)
  })
  return complaints
}

/** Waits until all errors of the pages have arrived. */
async function allSaid(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map((page) => Promise.race([turn(page), lastWord()])))
}

/** Waits for one task of the page: everything it queued before runs first. */
async function turn(page: Page): Promise<void> {
  const aTurn = () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve()
      port2.postMessage(0)
    })
  await page.evaluate(aTurn).catch(() => undefined)
}

function lastWord(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LAST_WORD_MS).unref()
  })
}
