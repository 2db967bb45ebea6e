import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { enter, messages, person, say, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { readAbove } from './layout-shifts.ts'
import { fillRoom } from './many-messages.ts'
import { gone, settled } from './waiting.ts'

const browser = useBrowser()

const rowsOf = (page: Page) => messages(page).locator('.message').count()
const scrollTo = (page: Page, top: number) =>
  messages(page).evaluate((scroller, top) => {
    scroller.scrollTop = top
  }, top)
/** The top of a message in the window, in pixels. */
const topOf = async (page: Page, text: string) =>
  messages(page)
    .getByText(text, { exact: true })
    .evaluate((element) => element.getBoundingClientRect().top)

it('[SC1] of six hundred messages at most 400 are drawn, from the present to the first and back', async () => {
  const room = 'long'
  await fillRoom(room, 600)
  const ann = await enter(await browser.visitor(), room, 'Ann')
  await shown(messages(ann).getByText('message 600', { exact: true }))
  const first = messages(ann).getByText('message 1', { exact: true })
  let most = 0
  while ((await first.count()) === 0) {
    await scrollTo(ann, -1_000_000)
    await settled(ann)
    most = Math.max(most, await rowsOf(ann))
  }
  await shown(first)
  expect(most).toBeLessThanOrEqual(400)
  await gone(messages(ann).getByText('message 600', { exact: true }))
  await ann.getByRole('button', { name: 'Jump to the latest messages' }).click()
  await shown(messages(ann).getByText('message 600', { exact: true }))
  await expect.poll(() => messages(ann).evaluate((scroller) => scroller.scrollTop)).toBe(0)
})

it('[SC2] a reader above the present sees nothing move when a message arrives', async () => {
  const room = 'still'
  await fillRoom(room, 300)
  const ann = await enter(await browser.visitor(), room, 'Ann')
  const ben = await enter(await browser.visitor({ device: 'phone' }), room, 'Ben')
  await shown(messages(ann).getByText('message 300', { exact: true }))
  await shown(person(ann, 'Ben'))
  await readAbove(ann, 1_500)
  const text = await messages(ann).evaluate((scroller) => {
    const { top } = scroller.getBoundingClientRect()
    const rows = [...scroller.querySelectorAll('.message__text')]
    return rows.find((row) => row.getBoundingClientRect().top > top + 100)?.textContent ?? ''
  })
  const before = await topOf(ann, text)
  await say(ben, 'said below')
  await shown(ann.getByText('1 new message'))
  await expect.poll(() => topOf(ann, text)).toBe(before)
})

it('[SC3] at the very top older messages load above what is read', async () => {
  const room = 'top'
  await fillRoom(room, 200)
  const ann = await enter(await browser.visitor(), room, 'Ann')
  await shown(messages(ann).getByText('message 200', { exact: true }))
  const moved = await messages(ann).evaluate(async (scroller) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const texts = () => [...scroller.querySelectorAll('.message__text')]
    let most = 0
    while (!texts().some(({ textContent }) => textContent?.trimEnd() === 'message 1')) {
      scroller.scrollTop -= 700
      await frame()
      const row = texts().find(
        (one) => one.getBoundingClientRect().bottom > scroller.getBoundingClientRect().top,
      )
      const before = row?.getBoundingClientRect().top ?? 0
      for (let frames = 0; frames < 20; frames += 1) {
        await frame()
        most = Math.max(most, Math.abs((row?.getBoundingClientRect().top ?? 0) - before))
      }
    }
    return most
  })
  expect(moved).toBe(0)
})
