import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, expect, inject, it } from 'vitest'
import type { Session } from '../../client/session/index.ts'
import { newPerson, openNodeSession, until } from '../../tools/node-session.ts'
import { composer, enter, messages, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'

const browser = useBrowser()

const others: Session[] = []
afterEach(() => {
  for (const session of others.splice(0)) session.close()
})

async function meet(room: string, username = 'Ben'): Promise<Session> {
  const url = inject('baseUrl')
  const other = openNodeSession(url, { room, username, cookie: await newPerson(url) })
  others.push(other)
  await until(other, ({ view }) => view.status.kind === 'live')
  return other
}

/** A Chromium under test shows every tab at all times, and has nowhere to show a notification. */
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
      close() {}
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

/** The count is there once the page has nothing else to do. */
async function countsFrom(page: Page, title: string): Promise<void> {
  await expect.poll(() => page.title()).toBe(title)
}

async function openCalls(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'About this room' }).click()
  await page.getByRole('button', { name: 'Notifications' }).click()
  await shown(page.getByRole('radio', { name: 'Every message' }))
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

it('[AT1] the title and the icon tell of what is new here and elsewhere, until it is read', async () => {
  const context = await browser.visitor()
  const ben = await meet('at1-yard')
  const ann = await enter(context, 'at1-yard', 'Ann')
  await ann.goto('/r/at1-hall')
  await shown(composer(ann))
  await sayForGood(ann, 'in the hall')
  await ben.send('one')
  await countsFrom(ann, '(1) at1-hall · Hallway')
  expect(await icon(ann)).toBe('/favicon-news.svg')
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
  expect(await icon(ann)).toBe('/favicon.svg')
})

it('[AT2] whoever has allowed it is notified once by two tabs that are not looked at, and comes to the message', async () => {
  const context = await browser.visitor()
  await pretend(context, 'granted')
  const ben = await meet('at2')
  const ann = await enter(context, 'at2', 'Ann')
  await openCalls(ann)
  await ann.getByRole('checkbox', { name: 'Notify me while I look elsewhere' }).check()
  await closeDialog(ann)
  const second = await context.newPage()
  await second.goto('/r/at2')
  await shown(composer(second))
  await ben.send('while you look')
  for (const page of [ann, second]) await shown(messages(page).getByText('while you look'))
  await look(ann, true)
  // The other tab is looked at: nobody has to be called.
  await ben.send('while one looks')
  for (const page of [ann, second]) await shown(messages(page).getByText('while one looks'))
  await look(second, true)
  await expect.poll(() => eyesHeld(ann)).toBe(false)
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

const eyesHeld = (page: Page) =>
  page.evaluate(async () =>
    ((await navigator.locks.query()).held ?? []).some(({ name }) => name === 'hallway-eyes'),
  )

it('[AT3] a room calls for mentions only, or for nothing, and is asked about in this browser only', async () => {
  const context = await browser.visitor()
  await pretend(context, 'granted')
  const ben = await meet('at3')
  const ann = await enter(context, 'at3', 'Ann')
  await openCalls(ann)
  await ann.getByRole('checkbox', { name: 'Notify me while I look elsewhere' }).check()
  await ann.getByRole('radio', { name: 'Mentions of me' }).check()
  await closeDialog(ann)
  await look(ann, true)
  await expect.poll(() => eyesHeld(ann)).toBe(false)
  await ben.send('to all')
  await ben.send('@Ann, to you')
  await expect.poll(() => notified(ann)).toContain('Ben: @Ann, to you')
  expect(await notified(ann)).toEqual(['Ben: @Ann, to you'])
  await countsFrom(ann, '(2) at3 · Hallway')
  await look(ann, false)
  await openCalls(ann)
  await ann.getByRole('radio', { name: 'Nothing' }).check()
  await closeDialog(ann)
  await look(ann, true)
  await ben.send('@Ann, once more')
  await shown(messages(ann).getByText('once more'))
  await countsFrom(ann, 'at3 · Hallway')
  expect(await notified(ann)).toEqual(['Ben: @Ann, to you'])
})

it('[AT4] nobody is asked before they click, and a no is remembered for thirty days', async () => {
  const context = await browser.visitor()
  await pretend(context, 'default')
  const ann = await enter(context, 'at4', 'Ann')
  const asked = () => ann.evaluate(() => Reflect.get(Reflect.get(globalThis, 'asked'), 'times'))
  await openCalls(ann)
  expect(await asked()).toBe(0)
  await ann.getByRole('button', { name: 'Allow notifications' }).click()
  await shown(ann.getByText(/You said no to notifications here/))
  expect(await asked()).toBe(1)
  await ann.reload()
  await shown(composer(ann))
  await openCalls(ann)
  await shown(ann.getByText(/You said no to notifications here/))
  expect(await ann.getByRole('button', { name: 'Allow notifications' }).count()).toBe(0)
  await ann.evaluate(() => {
    localStorage.setItem('hallway:notify-refused', String(Date.now() - 31 * 24 * 60 * 60_000))
  })
  await ann.reload()
  await shown(composer(ann))
  await openCalls(ann)
  await shown(ann.getByRole('button', { name: 'Allow notifications' }))
})

/** A machine under test plays nothing, and has no icon of its own to put a number on. */
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

it('[AT8] the icon of an installed Hallway bears the count, and a sound is played for whoever wants one', async () => {
  const context = await browser.visitor()
  await pretendDevice(context)
  const ben = await meet('at8')
  const ann = await enter(context, 'at8', 'Ann')
  const played = () => ann.evaluate(() => Reflect.get(Reflect.get(globalThis, 'tones'), 'played'))
  const badge = () => ann.evaluate(() => (Reflect.get(globalThis, 'badges') as number[]).at(-1))
  await look(ann, true)
  await ben.send('in silence')
  await expect.poll(badge).toBe(1)
  expect(await played()).toBe(0)
  await look(ann, false)
  await expect.poll(badge).toBe(0)
  await openCalls(ann)
  await ann.getByRole('checkbox', { name: 'Play a sound' }).check()
  // So one knows what it is.
  const notes = await played()
  expect(notes).toBeGreaterThan(0)
  await closeDialog(ann)
  await ben.send('while you look')
  await shown(messages(ann).getByText('while you look'))
  await look(ann, true)
  await expect.poll(() => eyesHeld(ann)).toBe(false)
  await ben.send('aloud')
  await expect.poll(played).toBe(2 * notes)
  await expect.poll(badge).toBe(1)
})

it('[AT9] an invitation to a private room calls as well, and leads to where it can be taken', async () => {
  const context = await browser.visitor()
  await pretend(context, 'granted')
  const ben = await meet('at9')
  const ann = await enter(context, 'at9', 'Ann')
  await openCalls(ann)
  await ann.getByRole('checkbox', { name: 'Notify me while I look elsewhere' }).check()
  await closeDialog(ann)
  await look(ann, true)
  await expect.poll(() => eyesHeld(ann)).toBe(false)
  ben.invite('Ann')
  await expect.poll(() => notified(ann)).toEqual([expect.stringMatching(/Ben.* would like to talk with you/)])
  await ann.evaluate(() => (Reflect.get(globalThis, 'notified') as { click(): void }[])[0]?.click())
  await shown(ann.getByRole('link', { name: 'Talk in private' }))
  expect(new URL(ann.url()).pathname).toBe('/r/at9')
})

it('[AT10] where a page may show no notification itself, as on phones, its worker does', async () => {
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
    Object.assign(globalThis, { Notification: Refusing })
  })
  const ben = await meet('at10')
  const ann = await enter(context, 'at10', 'Ann')
  await openCalls(ann)
  await ann.getByRole('checkbox', { name: 'Notify me while I look elsewhere' }).check()
  await closeDialog(ann)
  await look(ann, true)
  await expect.poll(() => eyesHeld(ann)).toBe(false)
  await ben.send('on a phone')
  const told = () =>
    ann.evaluate(async () => {
      const worker = await navigator.serviceWorker.ready
      const all = await worker.getNotifications()
      return all.map(({ body, data }) => [body, data.path])
    })
  await expect.poll(told).toEqual([['Ben: on a phone', '/r/at10#m=1']])
})
