// npm run lighthouse: what Lighthouse gives the front page, a room for whoever is new to it, and one for whoever is in it.
// After `--`: --rounds 3, --out elsewhere.md.
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
const chrome = await launch({ chromePath: ensureChromium(), chromeFlags: ['--headless', ...CHROMIUM_FLAGS] })
const browser = await puppeteer.connect({ browserURL: `http://localhost:${chrome.port}` })
const rounds = new Map<string, Scores[]>([
  ['front page', []],
  ['room, for someone new', []],
  ['room, for someone in it', []],
])
const reasons = new Set<string>()
try {
  await comeIn(`${server.url}/r/lobby`)
  for (let round = 0; round < Number(values.rounds); round += 1) {
    await look('front page', '/')
    await look('room, for someone new', '/r/elsewhere')
    await look('room, for someone in it', '/r/lobby')
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
  // Whoever is in a room is known by what the browser keeps; a cache of files is emptied all the same.
  const options = {
    port: chrome.port,
    onlyCategories: CATEGORIES,
    disableStorageReset: true,
    logLevel: 'error',
  } as const
  const result = await lighthouse(server.url + path, options)
  if (result === undefined) throw new Error(`Lighthouse has nothing to say of ${path}`)
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

/** Somebody says something, and stays known there. */
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
