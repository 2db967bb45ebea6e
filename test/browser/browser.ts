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

/** Before what a page says that its policy refused. */
const POLICY = 'Refused by the policy: '
const POLICY_HEADER = 'Content-Security-Policy'
/** A page that is frozen or gone says nothing more. */
const LAST_WORD_MS = 2_000

interface Visitor extends BrowserContextOptions {
  device?: keyof typeof DEVICES
  /** Complaints this visitor is meant to meet, such as the 404 of a missing page; never one about the policy. */
  expected?: RegExp
}

interface Visitors {
  visitor(options?: Visitor): Promise<BrowserContext>
  /** Takes what a visitor has met so far: the test answers for it. */
  complaintsOf(visitor: BrowserContext): Promise<string[]>
}

/**
 * A Chromium for the tests of a file. Each `visitor()` is a person of their own, with their own cookies and
 * storage; addresses are relative to the server under test. A test fails if any of its visitors met an
 * uncaught error, an error on the console, a page of ours without its Content-Security-Policy or something that the
 * policy refused.
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
        // What it stores would come between a test and the server it speaks of.
        serviceWorkers: 'block',
        // What moves is not where a test looks for it. A test of motion asks for it.
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
  // In every frame of every page, before anything of its own runs.
  await context.addInitScript((policy) => {
    addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI, sample, documentURI }) =>
        console.error(`${policy}${effectiveDirective} ${blockedURI} ${sample} on ${documentURI}`),
      { capture: true },
    )
  }, POLICY)
  // Chromium reports what a policy refused as an error on the console as well.
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

/** Waits until what the pages had to say has been heard. */
async function allSaid(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map((page) => Promise.race([turn(page), lastWord()])))
}

/** A turn of the page: what it queued before comes before. */
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
