import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import {
  comeBack,
  enter,
  messages,
  messageTexts,
  say,
  sayForGood,
  shown,
} from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { fillRoom } from './many-messages.ts'
import { gone, settled } from './waiting.ts'

const browser = useBrowser()

const text = (page: Page, body: string) => messages(page).getByText(body, { exact: true })
const isInView = (page: Page, selector: string) =>
  messages(page)
    .locator(selector)
    .first()
    .evaluate((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      const view = row.closest('.timeline__scroller')?.getBoundingClientRect()
      return view !== undefined && bottom > view.top && top < view.bottom
    })

it.each(['desktop', 'phone'] as const)(
  '[RE1] on a %s a returning reader finds a line above the new messages, and a button that leads there',
  async (device) => {
    const room = `unread-${device}`
    const anns = await browser.visitor({ device })
    const ann = await enter(anns, room, 'Ann')
    await sayForGood(ann, 'before I go')
    await ann.close()
    await fillRoom(room, 40)
    const again = await comeBack(anns, room)
    await shown(text(again, 'message 40'))
    await expect.poll(() => again.getByRole('heading', { name: 'New', exact: true }).count()).toBe(1)
    await expect.poll(() => isInView(again, '.unread')).toBe(false)
    await again.getByRole('button', { name: '40 new messages' }).click()
    await shown(text(again, 'message 1'))
    await expect.poll(() => isInView(again, '.unread')).toBe(true)
    await gone(again.getByRole('button', { name: /new messages/ }))
    const rows = await messages(again).locator('.unread, [data-seq]').allTextContents()
    expect(rows[rows.indexOf('New') + 1]).toContain('message 1')
  },
)

it('[RE2] the button reaches the first unread message however many there are', async () => {
  const room = 'far-unread'
  const anns = await browser.visitor()
  const ann = await enter(anns, room, 'Ann')
  await sayForGood(ann, 'before I go')
  await ann.close()
  await fillRoom(room, 200)
  const again = await comeBack(anns, room)
  await shown(text(again, 'message 200'))
  await again.getByRole('button', { name: /\d+\+ new messages/ }).click()
  await shown(text(again, 'message 1'))
  await expect.poll(() => isInView(again, '.unread')).toBe(true)
  await expect.poll(() => text(again, 'message 200').count()).toBe(0)
})

it('[RE3] a second device knows what was read on the first', async () => {
  const room = 'two-devices'
  const anns = await browser.visitor()
  const ann = await enter(anns, room, 'Ann')
  await fillRoom(room, 5)
  await shown(text(ann, 'message 5'))
  await ann.close()
  const phone = await browser.visitor({ device: 'phone' })
  await phone.addCookies(await anns.cookies())
  await fillRoom(room, 8, { from: 6 })
  const other = await enter(phone, room, 'Ann')
  await shown(text(other, 'message 8'))
  const rows = await messages(other).locator('.unread, [data-seq]').allTextContents()
  expect(rows[rows.indexOf('New') + 1]).toContain('message 6')
})

it.each(['desktop', 'phone'] as const)(
  '[RE4] on a %s a message’s link leads to it, far above, and scrolling leads both ways to the present',
  async (device) => {
    const room = `linked-${device}`
    await fillRoom(room, 400)
    const anns = await browser.visitor({ device })
    const page = await anns.newPage()
    await page.goto(`/r/${room}#m=150`)
    await page.getByLabel('Your name').fill('Ann')
    await page.keyboard.press('Enter')
    await shown(text(page, 'message 150'))
    await shown(messages(page).locator('[aria-current]', { hasText: 'message 150' }))
    await expect.poll(() => isInView(page, '[aria-current]')).toBe(true)
    await expect.poll(() => text(page, 'message 400').count()).toBe(0)
    await page.getByRole('button', { name: 'Jump to the latest messages' }).click()
    await shown(text(page, 'message 400'))
    await expect.poll(() => messages(page).evaluate((scroller) => scroller.scrollTop)).toBe(0)
    await page.reload()
    await shown(messages(page).locator('[aria-current]', { hasText: 'message 150' }))
    await expect.poll(() => isInView(page, '[aria-current]')).toBe(true)
    await settled(page)
    // Scrolls up and down without a jump, until the window has joined the present.
    const moved = await messages(page).evaluate(async (scroller) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      let most = 0
      const isAtPresent = () => scroller.scrollTop === 0 && scroller.textContent?.includes('message 400')
      for (let steps = 0; steps < 15 || !isAtPresent(); steps += 1) {
        const rows = [...scroller.querySelectorAll('.message__text')]
        const top = scroller.getBoundingClientRect().top
        const row = rows.find((one) => one.getBoundingClientRect().top > top + 100)
        const before = row?.getBoundingClientRect().top ?? 0
        const from = scroller.scrollTop
        scroller.scrollTop += steps < 15 ? -500 : 700
        const scrolled = scroller.scrollTop - from
        for (let n = 0; n < 6; n += 1) await frame()
        const after = row?.isConnected ? row.getBoundingClientRect().top : before - scrolled
        most = Math.max(most, Math.abs(before - scrolled - after))
      }
      return most
    })
    expect(moved).toBeLessThanOrEqual(1)
    await gone(page.getByRole('button', { name: 'Jump to the latest messages' }))
    const bodies = await messageTexts(page)
    expect(bodies).toEqual(bodies.map((_, at) => `message ${400 - bodies.length + 1 + at}`))
  },
)

it('[RE5] a message’s link is copied from its row, and a link to no message says so', async () => {
  const room = 'addresses'
  const anns = await browser.visitor()
  await anns.grantPermissions(['clipboard-read', 'clipboard-write'])
  const ann = await enter(anns, room, 'Ann')
  await say(ann, 'the one')
  await say(ann, 'the other')
  await text(ann, 'the one').hover()
  await ann.getByRole('button', { name: 'Copy message link' }).click()
  const address = await ann.evaluate(() => navigator.clipboard.readText())
  expect(address).toMatch(/\/r\/addresses#m=1$/)
  await ann.goto(address)
  await shown(messages(ann).locator('[aria-current]', { hasText: 'the one' }))
  await ann.evaluate(() => {
    location.hash = '#m=99'
  })
  await shown(ann.getByText('That message is no longer here.'))
  await shown(text(ann, 'the other'))
})
