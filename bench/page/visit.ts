import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { watch } from './watch.ts'

/** The time that a page gets to settle before its layout shifts are summed. */
const SETTLE_MS = 1_000
const SIZE = { width: 1280, height: 800 }

export type Figures = Record<string, number>

/** Measures the front page for a new visitor. */
export async function visitFront(browser: Browser, url: string): Promise<Figures> {
  const { context, page } = await newPage(browser, url)
  await page.goto('/')
  await page.getByRole('button', { name: 'Start a room' }).waitFor()
  await sleep(SETTLE_MS)
  const { lcp = Number.NaN, cls } = await page.evaluate(() => window.watched)
  await context.close()
  return { lcp, cls }
}

/** A returning visitor of a room with `messages` messages. */
export interface Reader {
  room: string
  messages: number
  /** Their session on the server. */
  token: string
  /** The number of older messages they read. */
  pageUp?: number
}

/** Measures a room for a returning visitor, with an empty cache. */
export async function visitRoom(browser: Browser, url: string, reader: Reader): Promise<Figures> {
  const { room, messages, pageUp } = reader
  const { context, page } = await newPage(browser, url, reader)
  const devtools = await context.newCDPSession(page)
  await page.goto(`/r/${room}`)
  await page.waitForFunction(() => window.watched.ready !== undefined)
  await sleep(SETTLE_MS)
  const { ready = Number.NaN, lcp = Number.NaN, cls } = await page.evaluate(() => window.watched)
  const figures: Figures = { ready, lcp, cls, ...(await weigh(devtools)) }
  if (pageUp !== undefined) {
    await goUpTo(page, messages - pageUp)
    const { heap = 0, nodes = 0 } = await weigh(devtools)
    Object.assign(figures, { heapAbove: heap, nodesAbove: nodes })
  }
  await context.close()
  return figures
}

/** Heap and nodes after garbage collection. */
async function weigh(devtools: CDPSession): Promise<Figures> {
  for (let times = 0; times < 3; times += 1) await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  const { nodes } = await devtools.send('Memory.getDOMCounters')
  return { heap: usedSize, nodes }
}

/** Scrolls up as fast as older messages load. */
async function goUpTo(page: Page, seq: number): Promise<void> {
  await page.evaluate(async (seq) => {
    const scroller = document.querySelector('.timeline__scroller')
    const first = () => Number(scroller?.querySelector('[data-seq]')?.getAttribute('data-seq'))
    while (scroller && first() > seq) {
      scroller.scrollTop = -1_000_000
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  }, seq)
}

async function newPage(
  browser: Browser,
  url: string,
  reader?: Reader,
): Promise<{ context: BrowserContext; page: Page }> {
  const rooms = JSON.stringify([{ room: reader?.room, username: 'Reader' }])
  const localStorage = reader ? [{ name: 'hallway:rooms', value: rooms }] : []
  const cookies = reader ? [{ name: 'hallway', value: reader.token, url }] : []
  const context = await browser.newContext({
    baseURL: url,
    viewport: SIZE,
    storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
  })
  await context.addCookies(cookies)
  await context.addInitScript(watch, `${reader?.messages ?? ''}`)
  return { context, page: await context.newPage() }
}
