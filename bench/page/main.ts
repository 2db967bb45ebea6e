// npm run bench:page: measures the page's weight and speed, in a room with many messages and in one with few. After `--`:
// --rounds 3, --messages 10000, --out elsewhere.md.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { CHROMIUM_FLAGS, ensureChromium } from '../../tools/chromium.mjs'
import { startDevServer } from '../../tools/dev-server.mjs'
import { root } from '../../tools/install.mjs'
import { weighFirstView, weighRoom } from '../../tools/weigh.mjs'
import { RAISED_LIMITS } from '../systems/systems.ts'
import { fillRoom } from './fill-room.ts'
import { pageReport, type Weight } from './page-report.ts'
import { type Figures, visitFront, visitRoom } from './visit.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    messages: { type: 'string', default: '100000' },
    out: { type: 'string', default: join(root, 'docs/bench/page.md') },
  },
})
const MANY = Number(values.messages)
const FEW = 100
const PAGE_UP = Math.min(2_000, MANY - 100)
const ROUNDS = Number(values.rounds)
const nameOf = (messages: number) => `${messages.toLocaleString('en')} messages`

/** Everyone who fills a room shares an address. */
const ONE_ADDRESS = { NETWORK_BURST: '1000000', NETWORK_PER_SECOND: '1000000', ARRIVAL_BURST: '1000' }
const limits = Object.entries({ ...RAISED_LIMITS, ...ONE_ADDRESS }).flatMap(([name, value]) => [
  '--var',
  `${name}:${value}`,
])
// Thousands of messages make wrangler warn about its own log.
const server = await startDevServer([...limits, '--log-level', 'none'])
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_FLAGS })
try {
  for (const [room, messages] of [
    ['short', FEW],
    ['long', MANY],
  ] as const) {
    const begun = Date.now()
    await fillRoom(server.url, room, messages)
    console.log(`${nameOf(messages)} sent in ${Math.round((Date.now() - begun) / 1_000)} s`)
  }
  const rounds = await measure()
  const chromiumVersion = browser.version()
  const measured = {
    rounds,
    weights: weights(),
    chromium: chromiumVersion,
    long: nameOf(MANY),
    short: nameOf(FEW),
    above: PAGE_UP,
  }
  writeFileSync(values.out, pageReport(measured))
  console.log(`Written to ${values.out}`)
} finally {
  await browser.close()
  await server.stop()
}
process.exit()

/** Each round starts with another page. A first round, which does not count, warms up server and disk. */
async function measure(): Promise<Map<string, Figures[]>> {
  const { url } = server
  const token = await newToken(url)
  const looks: readonly [string, () => Promise<Figures>][] = [
    ['front', () => visitFront(browser, url)],
    [nameOf(FEW), () => visitRoom(browser, url, { room: 'short', messages: FEW, token })],
    [nameOf(MANY), () => visitRoom(browser, url, { room: 'long', messages: MANY, token, pageUp: PAGE_UP })],
  ]
  const rounds = new Map<string, Figures[]>(looks.map(([name]) => [name, []]))
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (let at = 0; at < looks.length; at += 1) {
      const look = looks[(at + round) % looks.length]
      if (look === undefined) continue
      const [name, take] = look
      const figures = await take()
      console.log(round === 0 ? 'warm-up' : `round ${round}`, name, JSON.stringify(figures))
      if (round > 0) rounds.get(name)?.push(figures)
    }
  }
  return rounds
}

/** The token that the server gives a new browser. */
async function newToken(url: string): Promise<string> {
  const { headers } = await fetch(`${url}/api/session`, { method: 'POST' })
  return /hallway=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? ''
}

function weights(): Weight[] {
  const page = `${root}dist/client`
  const room = weighRoom(page)
  return [
    ...weighFirstView(page).map(({ kind, language, bytes, budget }) => ({
      what: `${kind} of the first view${language ? `, in ${language}` : ''}`,
      bytes,
      budget,
    })),
    { what: 'all js that a person in a room has loaded', bytes: room.loaded, budget: room.budget },
  ]
}
