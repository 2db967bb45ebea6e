import type { Page } from 'playwright-core'
import { expect, inject, it } from 'vitest'
import { DIRECTION_OR_CONTROL, isLabel, STACKED_MARKS } from '../../src/protocol/text-patterns.ts'
import { enter, messages, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { NAMES, PAYLOADS } from './payloads.ts'
import { BURST, type Speaker, speakIn } from './speaker.ts'
import { watchForXss } from './xss-watch.ts'

const browser = useBrowser()

const MANY_MS = 600_000
const ROOM = 'payloads-of-all-kinds'
const NOWHERE = 'http://control.test'

/** Every place of a text in a message. */
const EVERYWHERE: ((payload: string) => string)[] = [
  (payload) => `**${payload}** *${payload}* ~~${payload}~~ \`${payload}\``,
  (payload) => `> ${payload}\n> > ${payload}\n- ${payload}\n1. ${payload}`,
  (payload) => `\`\`\`html\n${payload}\n\`\`\`\n\`\`\`js\n${payload}\n\`\`\`\n\`\`\`${payload}\nx\n\`\`\``,
  (payload) => `[${payload}](${payload}) ![${payload}](${payload}) <${payload}>`,
  (payload) => `https://example.com/${payload} https://${payload} @${payload}`,
]

interface Change {
  event: string
  data: { id: string; [field: string]: unknown }
}

const idOf = (n: number, payload: string) =>
  (n < 3 ? (['__proto__', 'constructor', 'toString'][n] ?? '') : `${n} ${payload}`)
    .slice(0, 64)
    .toWellFormed()

/** Each payload as a whole message and in one place of another message. Each message replies to the one before it. */
const BODIES: Change[] = PAYLOADS.flatMap((payload, n) => {
  const wrap = EVERYWHERE[n % EVERYWHERE.length] ?? String
  return [payload, wrap(payload)]
}).map((body, n) => ({
  event: 'updateChat',
  data: { id: idOf(n, body), body, ...(n > 0 ? { replyTo: n } : {}) },
}))

/** A message has at most twenty. */
const REACTIONS: Change[] = PAYLOADS.filter(
  (payload) =>
    /^\S{1,32}$/u.test(payload) && !DIRECTION_OR_CONTROL.test(payload) && !STACKED_MARKS.test(payload),
).map((emoji, n) => ({
  event: 'react',
  data: { id: `reaction ${n}`, ref: BODIES.length - Math.floor(n / 20), emoji, on: true },
}))

const TOPICS: Change[] = PAYLOADS.filter(
  (topic, n) => n % 6 === 0 && topic.length <= 250 && isLabel(topic.trim()),
).map((topic, n) => ({
  event: 'setTopic',
  data: { id: `topic ${n}`, topic },
}))

/**
 * Sends every change in bursts that the rate limit allows, and waits after changes that show on their own. Returns the
 * admitted names.
 */
async function sayAll(
  changes: readonly Change[],
  after?: (change: Change) => Promise<void>,
): Promise<string[]> {
  const names: string[] = []
  for (let from = 0; from < changes.length; from += BURST) {
    const nth = sayers
    sayers += 1
    const speaker: Speaker = await speakIn(ROOM, NAMES[nth] ?? `Speaker ${nth}`, `Speaker ${nth}`)
    names.push(speaker.name)
    speaker.send('userTyping', { username: speaker.name, room: ROOM })
    speaker.send('newRoom', { username2: 'Ann' })
    const stored: Promise<number>[] = []
    for (const change of changes.slice(from, from + BURST)) {
      stored.push(speaker.change(change.event, change.data))
      if (after === undefined) continue
      await Promise.all(stored)
      await after(change)
    }
    await Promise.all(stored)
    speaker.leave()
  }
  return names
}
let sayers = 0

const seenBy = (page: Page): Promise<number> => page.evaluate(() => Reflect.get(window, 'xssSeen').size)

/** Checks the whole document, and that JavaScript's built-in objects are unchanged. */
const lookedOver = (page: Page): Promise<unknown[]> =>
  page.evaluate(() => {
    const wrong: unknown[] = Reflect.get(window, 'xssLook')(document.documentElement)
    if (Object.keys(Object.prototype).length > 0 || Reflect.get({}, '__xss'))
      wrong.push('a polluted prototype')
    if (typeof document.cookie !== 'string' || typeof document.getElementById !== 'function')
      wrong.push('a clobbered document')
    const links = [...document.querySelectorAll<HTMLAnchorElement>('[role="log"] .markdown a')]
    for (const { href, rel, target, protocol, username } of links) {
      if (!/^https?:$/.test(protocol) || username || target !== '_blank' || !rel.includes('noopener'))
        wrong.push(href)
    }
    return wrong
  })

it(
  '[XS1] none of several hundred payloads is more than text as a message, in history or as a topic',
  async () => {
    const home = inject('baseUrl')
    const anns = await browser.visitor()
    const annWatch = await watchForXss(anns, home)
    const ann = await enter(anns, ROOM, 'Ann')

    const names = await sayAll(BODIES)
    await expect.poll(() => seenBy(ann)).toBe(BODIES.length)
    names.push(...(await sayAll(REACTIONS)))
    await shown(messages(ann).getByRole('button', { name: String(REACTIONS.at(-1)?.data.emoji) }))
    names.push(
      ...(await sayAll(TOPICS, async ({ data }) => {
        const topic = String(data.topic).trim()
        await expect.poll(() => ann.locator('.room-header__topic').getAttribute('title')).toBe(topic)
      })),
    )
    expect(names.filter((name) => NAMES.includes(name)).length).toBeGreaterThan(25)
    await shown(ann.getByRole('region', { name: /^Invitation from / }))
    expect(await lookedOver(ann)).toEqual([])
    expect(annWatch.caught).toEqual([])

    const bens = await browser.visitor({ device: 'phone' })
    const benWatch = await watchForXss(bens, home)
    const ben = await enter(bens, ROOM, 'Ben')
    await readUpToTheFirst(ben)
    expect(await seenBy(ben)).toBe(BODIES.length)
    expect(await lookedOver(ben)).toEqual([])
    expect(benWatch.caught).toEqual([])
  },
  MANY_MS,
)

async function readUpToTheFirst(page: Page): Promise<void> {
  await shown(messages(page).locator('.message'))
  const first = messages(page).locator('[data-seq="1"]')
  await expect
    .poll(
      async () => {
        await messages(page).evaluate((scroller) => {
          scroller.scrollTop = -1_000_000
        })
        return first.count()
      },
      { timeout: 60_000, interval: 30 },
    )
    .toBe(1)
}

it(
  '[XS2] no payload runs from the address, before its fragment or in it',
  async () => {
    const context = await browser.visitor({ expected: /40[04]/ })
    const watch = await watchForXss(context, inject('baseUrl'))
    const page = await context.newPage()
    const some = PAYLOADS.filter((_, n) => n % 23 === 0)
    const paths = [
      ...some.map((payload) => `/r/${encodeURIComponent(payload)}`),
      ...some.filter((_, n) => n % 4 === 0).map((payload) => `/${encodeURIComponent(payload)}`),
      ...some
        .filter((_, n) => n % 4 === 1)
        .map((payload) => `/r/address?next=${encodeURIComponent(payload)}`),
      '/r/<script>__xss=1</script>',
      '/r/"><svg onload=__xss=1>',
      '/r/%00',
      '/r/%',
      '/r/%2e%2e%2f%2felsewhere.test',
      '/r//elsewhere.test',
      '/r/javascript:__xss=1',
      '/r/__proto__',
      '/r/constructor',
      '/index.html?<script>__xss=1</script>',
    ]
    for (const path of paths) {
      await page.goto(path)
      await page.locator('#app > *').first().waitFor()
      expect(await page.locator('h1, h2, .wordmark').count(), path).toBeGreaterThan(0)
      expect(await lookedOver(page), path).toEqual([])
    }
    expect(watch.caught).toEqual([])
  },
  MANY_MS,
)

it('[XS3] the page ignores fragments, before and after joining', async () => {
  const context = await browser.visitor()
  const watch = await watchForXss(context, inject('baseUrl'))
  const ann = await enter(context, 'fragments#javascript:__xss=1', 'Ann')
  expect(await ann.evaluate(() => location.hash)).toBe('#javascript:__xss=1')
  // Chromium allows two hundred in half a minute.
  for (const payload of PAYLOADS.filter((_, n) => n % 8 === 0)) {
    await ann.evaluate((hash) => {
      location.hash = hash
    }, payload)
  }
  await ann.evaluate(() => history.back())
  await ann.goto('/#<img src=x onerror=__xss=1>')
  await ann.goto('/r/fragments#<img src=x onerror=__xss=1>')
  await shown(ann.getByRole('textbox', { name: 'Message', exact: true }))
  expect(await lookedOver(ann)).toEqual([])
  expect(watch.caught).toEqual([])
})

/** A page that inserts text as markup, without any policy. */
async function trusting(markup: string): Promise<{ page: Page; caught: readonly string[] }> {
  const context = await browser.visitor({ expected: /^/ })
  await context.route(`${NOWHERE}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><body><div role=log>${markup}</div>` }),
  )
  const { caught } = await watchForXss(context, NOWHERE)
  const page = await context.newPage()
  await page.goto(`${NOWHERE}/`, { waitUntil: 'commit' })
  return { page, caught }
}

it.each([
  ['<script>__xss=1</script>', 'it ran'],
  ['<script>top.__xss=1</script>', 'in the document: <script>'],
  ['<img src=x onerror=__xss=1>', 'it ran'],
  ['<img src=x onerror=__xss=1>', 'in the document: onerror=__xss=1'],
  ['<svg onload=__xss=1>', 'it ran'],
  ['<iframe srcdoc="<script>parent.__xss=1</script>"></iframe>', 'it ran'],
  ['<iframe srcdoc="<script>__xss=1</script>"></iframe>', 'it ran'],
  ['<iframe srcdoc="x"></iframe>', 'a frame: '],
  ['<script>alert(1)</script>', 'a dialog: 1'],
  ['<script>console.log("xss-marker")</script>', 'said on the console: xss-marker'],
  ['<script>location="http://elsewhere.test/"</script>', 'a request: http://elsewhere.test/'],
  ['<img src=http://elsewhere.test/x>', 'a request: http://elsewhere.test/x'],
  ['<script>new WebSocket("ws://elsewhere.test/")</script>', 'a socket: ws://elsewhere.test/'],
  ['<script>open("/x")</script>', 'a window: '],
  ['<a href="java&Tab;script:__xss=1">press</a>', 'in the document: href=java\tscript:__xss=1'],
  ['<math href=x>', 'in the document: <math>'],
  ['<form id=cookie>', 'in the document: id=cookie'],
  ['<meta http-equiv=refresh content=99>', 'in the document: <meta http-equiv>'],
])(
  '[XS4] on a page without a policy that takes %j for markup, the watch catches it: %s',
  async (markup, expected) => {
    const { caught } = await trusting(markup)
    await expect.poll(() => caught.some((what) => what.startsWith(expected))).toBe(true)
  },
)

it('[XS5] the payloads are several hundred, all different, and most of them do something as markup', async () => {
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(300)
  expect(new Set(PAYLOADS).size).toBe(PAYLOADS.length)
  const { page, caught } = await trusting('')
  await page.waitForLoadState()
  // Every request fails, so pictures fail too, and no payload navigates away while the others run.
  await page.route('**', (route) => route.fulfill({ status: 204 }))
  const alive = await page.evaluate((payloads) => {
    const look: (root: Element) => string[] = Reflect.get(window, 'xssLook')
    return payloads.filter((payload) => {
      const place = document.createElement('div')
      place.innerHTML = payload
      return look(place).length > 0
    }).length
  }, PAYLOADS)
  expect(alive).toBeGreaterThanOrEqual(250)
  const ran = () => caught.filter((what) => what === 'it ran').length
  await expect.poll(ran).toBeGreaterThan(60)
})
