import type { BrowserContext, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { composer, enter, messages, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { meet } from './meet.ts'

const browser = useBrowser()

/** A Chromium under test shows every tab at all times, and cannot show notifications. */
async function pretend(context: BrowserContext, permission: NotificationPermission): Promise<void> {
  await context.addInitScript((first) => {
    const shown: { title: string; body: string; click(): void }[] = []
    const asked = { times: 0 }
    class Stub {
      static permission = first
      static async requestPermission() {
        asked.times += 1
        return Stub.permission
      }
      onclick?: () => void
      constructor(title: string, { body }: { body: string }) {
        shown.push({ title, body, click: () => this.onclick?.() })
      }
      close() {
        console.info(`closed: ${shown.at(-1)?.body}`)
      }
    }
    Object.assign(globalThis, { Notification: Stub, notified: shown, asked })
  }, permission)
}

async function look(page: Page, away: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden })
    document.dispatchEvent(new Event('visibilitychange'))
  }, away)
}

const notified = (page: Page) =>
  page.evaluate(() => (Reflect.get(globalThis, 'notified') as { body: string }[]).map(({ body }) => body))
const icon = (page: Page) => page.locator('link[rel=icon]').getAttribute('href')

/** The number of visible tabs of this browser: each holds a lock. */
const tabsLookedAt = (page: Page) =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query()
    return held.filter(({ name }) => name === 'hallway-eyes').length
  })

/** Waits until the page has loaded its notifications, when idle. From then on it tracks whether its tab is visible. */
const notifies = (page: Page, tabs = 1) => expect.poll(() => tabsLookedAt(page)).toBe(tabs)

/** Hides a page, and waits until other tabs know. */
async function lookAway(page: Page, tabsLeft = 0): Promise<void> {
  await look(page, true)
  await expect.poll(() => tabsLookedAt(page)).toBe(tabsLeft)
}

async function countsFrom(page: Page, title: string): Promise<void> {
  await expect.poll(() => page.title()).toBe(title)
}

async function openNotifications(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'About this room' }).click()
  await page.getByRole('button', { name: 'Notifications' }).click()
  await shown(page.getByRole('radio', { name: 'Every message' }))
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

it('[AT1] the title and the icon count what is new here and in other rooms, until it is read', async () => {
  const context = await browser.visitor()
  const ben = await meet('at1-yard', 'Ben')
  const ann = await enter(context, 'at1-yard', 'Ann')
  await ann.goto('/r/at1-hall')
  await shown(composer(ann))
  await sayForGood(ann, 'in the hall')
  await ben.send('one')
  await countsFrom(ann, '(1) at1-hall · Hallway')
  await expect.poll(() => icon(ann)).toBe('/favicon-news.svg')
  await look(ann, true)
  const cleo = await meet('at1-hall', 'Cleo')
  await cleo.send('two')
  await countsFrom(ann, '(2) at1-hall · Hallway')
  await look(ann, false)
  await countsFrom(ann, '(1) at1-hall · Hallway')
  await ann
    .getByRole('link', { name: /^at1-yard/ })
    .first()
    .click()
  await countsFrom(ann, 'at1-yard · Hallway')
  await expect.poll(() => icon(ann)).toBe('/favicon.svg')
})

it('[AT2] two tabs in the background notify once, and the notification leads to the message', async () => {
  const context = await browser.visitor()
  await pretend(context, 'granted')
  const ben = await meet('at2', 'Ben')
  const ann = await enter(context, 'at2', 'Ann')
  await openNotifications(ann)
  await ann.getByRole('checkbox', { name: 'Notify me when this page is in the background' }).check()
  await closeDialog(ann)
  const second = await context.newPage()
  await second.goto('/r/at2')
  await shown(composer(second))
  await ben.send('while you look')
  for (const page of [ann, second]) await shown(messages(page).getByText('while you look'))
  await notifies(ann, 2)
  await lookAway(ann, 1)
  // The other tab is visible, so nothing notifies.
  await ben.send('while one looks')
  for (const page of [ann, second]) await shown(messages(page).getByText('while one looks'))
  // The page has asked by now whether another tab is visible, and this answer comes after.
  await notifies(ann, 1)
  await lookAway(second)
  await ben.send('while nobody looks')
  const all = async () => (await Promise.all([ann, second].map(notified))).flat()
  await expect.poll(all).toContain('Ben: while nobody looks')
  await ben.send('and again')
  await expect.poll(all).toContain('Ben: and again')
  expect((await all()).toSorted()).toEqual(['Ben: and again', 'Ben: while nobody looks'])
  const teller = (await notified(ann)).includes('Ben: while nobody looks') ? ann : second
  await teller.evaluate(() => {
    const told = Reflect.get(globalThis, 'notified') as { body: string; click(): void }[]
    told.find(({ body }) => body === 'Ben: while nobody looks')?.click()
  })
  await teller.waitForURL(/\/r\/at2#m=3$/)
})

it('[AT3] a room notifies of mentions only, or of nothing, as chosen in this browser', async () => {
  const context = await browser.visitor()
  await pretend(context, 'granted')
  const ben = await meet('at3', 'Ben')
  const ann = await enter(context, 'at3', 'Ann')
  await openNotifications(ann)
  await ann.getByRole('checkbox', { name: 'Notify me when this page is in the background' }).check()
  await ann.getByRole('radio', { name: 'Mentions of me' }).check()
  await closeDialog(ann)
  await notifies(ann)
  await lookAway(ann)
  await ben.send('to all')
  await ben.send('@Ann, to you')
  await expect.poll(() => notified(ann)).toContain('Ben: @Ann, to you')
  await expect.poll(() => notified(ann)).toEqual(['Ben: @Ann, to you'])
  await countsFrom(ann, '(2) at3 · Hallway')
  await look(ann, false)
  await openNotifications(ann)
  await ann.getByRole('radio', { name: 'Nothing' }).check()
  await closeDialog(ann)
  await look(ann, true)
  await ben.send('@Ann, once more')
  await shown(messages(ann).getByText('once more'))
  await countsFrom(ann, 'at3 · Hallway')
  await expect.poll(() => notified(ann)).toEqual(['Ben: @Ann, to you'])
})

it('[AT4] nobody is asked for permission before a click, and a refusal is remembered for thirty days', async () => {
  const context = await browser.visitor()
  await pretend(context, 'default')
  const ann = await enter(context, 'at4', 'Ann')
  const asked = () => ann.evaluate(() => Reflect.get(Reflect.get(globalThis, 'asked'), 'times'))
  await openNotifications(ann)
  await expect.poll(asked).toBe(0)
  await ann.getByRole('button', { name: 'Allow notifications' }).click()
  await shown(ann.getByText(/You declined notifications here/))
  await expect.poll(asked).toBe(1)
  await ann.reload()
  await shown(composer(ann))
  await openNotifications(ann)
  await shown(ann.getByText(/You declined notifications here/))
  await expect.poll(() => ann.getByRole('button', { name: 'Allow notifications' }).count()).toBe(0)
  await ann.evaluate(() => {
    localStorage.setItem('hallway:notify-refused', String(Date.now() - 31 * 24 * 60 * 60_000))
  })
  await ann.reload()
  await shown(composer(ann))
  await openNotifications(ann)
  await shown(ann.getByRole('button', { name: 'Allow notifications' }))
})

/** A Chromium under test plays no sound and has no app icon for a badge. */
async function pretendDevice(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const badges: number[] = []
    const tones = { played: 0 }
    Object.assign(navigator, {
      setAppBadge: async (count: number) => void badges.push(count),
      clearAppBadge: async () => void badges.push(0),
    })
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (when) {
      tones.played += 1
      return start.call(this, when)
    }
    Object.assign(globalThis, { badges, tones })
  })
}

it('[AT8] the icon of an installed Hallway shows the count, and a sound is played if chosen', async () => {
  const context = await browser.visitor()
  await pretendDevice(context)
  const ben = await meet('at8', 'Ben')
  const ann = await enter(context, 'at8', 'Ann')
  const played = () => ann.evaluate(() => Reflect.get(Reflect.get(globalThis, 'tones'), 'played'))
  const badge = () => ann.evaluate(() => (Reflect.get(globalThis, 'badges') as number[]).at(-1))
  await look(ann, true)
  await ben.send('in silence')
  await expect.poll(badge).toBe(1)
  await expect.poll(played).toBe(0)
  await look(ann, false)
  await expect.poll(badge).toBe(0)
  await openNotifications(ann)
  await ann.getByRole('checkbox', { name: 'Play a sound' }).check()
  // It is played once, as a sample.
  await expect.poll(played).toBeGreaterThan(0)
  const notes = await played()
  await closeDialog(ann)
  await ben.send('while you look')
  await shown(messages(ann).getByText('while you look'))
  await notifies(ann)
  await lookAway(ann)
  await ben.send('aloud')
  await expect.poll(played).toBe(2 * notes)
  await expect.poll(badge).toBe(1)
})

it('[AT9] an invitation to a private room notifies, and leads to where it can be accepted', async () => {
  const context = await browser.visitor()
  await pretend(context, 'granted')
  const ben = await meet('at9', 'Ben')
  const ann = await enter(context, 'at9', 'Ann')
  await openNotifications(ann)
  await ann.getByRole('checkbox', { name: 'Notify me when this page is in the background' }).check()
  await closeDialog(ann)
  await notifies(ann)
  await lookAway(ann)
  ben.invite('Ann')
  await expect.poll(() => notified(ann)).toEqual([expect.stringMatching(/Ben.* would like to talk with you/)])
  await ann.evaluate(() => (Reflect.get(globalThis, 'notified') as { click(): void }[])[0]?.click())
  await shown(ann.getByRole('link', { name: 'Talk in private' }))
  expect(new URL(ann.url()).pathname).toBe('/r/at9')
})

it('[AT10] the service worker notifies where a page cannot, as on phones', async () => {
  const context = await browser.visitor({
    device: 'phone',
    serviceWorkers: 'allow',
    permissions: ['notifications'],
  })
  await context.addInitScript(() => {
    class Refusing {
      static permission = 'granted'
      constructor() {
        throw new TypeError('Illegal constructor')
      }
    }
    // Not every Chromium without a window shows what a service worker notifies. A blank page has no service worker.
    const shown: [string | undefined, string][] = []
    if ('ServiceWorkerRegistration' in globalThis)
      ServiceWorkerRegistration.prototype.showNotification = (_title, { body, data } = {}) => {
        shown.push([body, data.path])
        return Promise.resolve()
      }
    Object.assign(globalThis, { Notification: Refusing, shownByWorker: shown })
  })
  const ben = await meet('at10', 'Ben')
  const ann = await enter(context, 'at10', 'Ann')
  await openNotifications(ann)
  await ann.getByRole('checkbox', { name: 'Notify me when this page is in the background' }).check()
  await closeDialog(ann)
  await notifies(ann)
  await lookAway(ann)
  await ben.send('on a phone')
  const told = () => ann.evaluate(() => Reflect.get(globalThis, 'shownByWorker'))
  await expect.poll(told).toEqual([['Ben: on a phone', '/r/at10#m=1']])

  // It closes with the identity.
  const front = await context.newPage()
  await front.goto('/')
  await front.getByRole('button', { name: 'Settings' }).click()
  await front.getByRole('button', { name: 'This device' }).click()
  await front.getByRole('button', { name: 'Sign out of this device' }).click()
  await front.getByRole('button', { name: 'Sign out and delete' }).click()
  await ann.waitForURL(/\/$/)
  await expect.poll(told).toEqual([])
})

it('[AT12] shown notifications close when another tab signs out', async () => {
  const context = await browser.visitor()
  await pretend(context, 'granted')
  const ben = await meet('at12', 'Ben')
  const ann = await enter(context, 'at12', 'Ann')
  await openNotifications(ann)
  await ann.getByRole('checkbox', { name: 'Notify me when this page is in the background' }).check()
  await closeDialog(ann)
  await notifies(ann)
  await lookAway(ann)
  await ben.send('a secret')
  await expect.poll(() => notified(ann)).toEqual(['Ben: a secret'])
  const closed = ann.waitForEvent('console', (message) => message.text() === 'closed: Ben: a secret')
  const front = await context.newPage()
  await front.goto('/')
  await front.getByRole('button', { name: 'Settings' }).click()
  await front.getByRole('button', { name: 'This device' }).click()
  await front.getByRole('button', { name: 'Sign out of this device' }).click()
  await front.getByRole('button', { name: 'Sign out and delete' }).click()
  await closed
})
