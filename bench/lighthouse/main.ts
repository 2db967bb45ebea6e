// npm run lighthouse: scores the front page, a room for a new visitor, and a room for a returning visitor. After `--`:
// --rounds 3, --out elsewhere.md.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import puppeteer from 'puppeteer-core'
import { CHROMIUM_FLAGS, ensureChromium } from '../../tools/chromium.mjs'
import { startDevServer } from '../../tools/dev-server.mjs'
import { root } from '../../tools/install.mjs'
import { lighthouseReport, type Scores } from './lighthouse-report.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    out: { type: 'string', default: join(root, 'docs/bench/lighthouse.md') },
  },
})
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']

const server = await startDevServer()
const chrome = await launch({
  chromePath: await ensureChromium(),
  chromeFlags: ['--headless', ...CHROMIUM_FLAGS],
})
const browser = await puppeteer.connect({ browserURL: `http://localhost:${chrome.port}` })
const rounds = new Map<string, Scores[]>([
  ['front page', []],
  ['room, new visitor', []],
  ['room, returning visitor', []],
])
const reasons = new Set<string>()
try {
  await comeIn(`${server.url}/r/lobby`)
  for (let round = 0; round < Number(values.rounds); round += 1) {
    await look('front page', '/')
    await look('room, new visitor', '/r/elsewhere')
    await look('room, returning visitor', '/r/lobby')
  }
  writeFileSync(values.out, lighthouseReport({ rounds, reasons, chromium: await browser.version() }))
  console.log(`Written to ${values.out}`)
} finally {
  await browser.disconnect()
  chrome.kill()
  await server.stop()
}
process.exit()

async function look(name: string, path: string): Promise<void> {
  // Local storage identifies a returning visitor, so Lighthouse keeps it. It still empties the cache.
  const options = {
    port: chrome.port,
    onlyCategories: CATEGORIES,
    disableStorageReset: true,
    logLevel: 'error',
  } as const
  const result = await lighthouse(server.url + path, options)
  if (result === undefined) throw new Error(`Lighthouse returned no result for ${path}`)
  const { categories, audits } = result.lhr
  const scores = Object.fromEntries(CATEGORIES.map((id) => [id, (categories[id]?.score ?? 0) * 100]))
  rounds.get(name)?.push(scores)
  console.log(name, JSON.stringify(scores))
  for (const id of CATEGORIES) {
    for (const { id: audit, weight } of categories[id]?.auditRefs ?? []) {
      const { score, title = '' } = audits[audit] ?? {}
      if (id !== 'performance' && weight > 0 && typeof score === 'number' && score < 1)
        reasons.add(`${name}: ${title}`)
    }
  }
}

/** Joins a room and sends a message, so that the visitor returns later. */
async function comeIn(url: string): Promise<void> {
  const page = await browser.newPage()
  await page.goto(url)
  const name = await page.waitForSelector('input')
  await name?.type('Ann')
  await page.keyboard.press('Enter')
  const composer = await page.waitForSelector('textarea')
  await composer?.type('Is anybody here?')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.body.innerText.includes('Is anybody here?'))
  await page.close()
}
