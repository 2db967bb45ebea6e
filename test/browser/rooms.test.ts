import type { BrowserContext, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { framesOf, holdLine } from '../../tools/page/page-sockets.ts'
import {
  comeBack,
  composer,
  enter,
  messages,
  person,
  say,
  sayForGood,
  shown,
} from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { readAbove, textInView } from './layout-shifts.ts'
import { fillRoom } from './many-messages.ts'
import { meet } from './meet.ts'
import { settled } from './waiting.ts'

const browser = useBrowser()

const roomsOf = (page: Page) => page.getByRole('navigation', { name: 'Rooms' })
const rowOf = (page: Page, room: string, news = '') =>
  roomsOf(page).getByRole('link', { name: `${room}${news}`, exact: true })

/** Goes to another room within the page. */
async function goTo(page: Page, room: string): Promise<void> {
  await rowOf(page, room).click()
  await page.waitForURL(`**/r/${room}`)
  await shown(composer(page))
}

/** A person who has joined both rooms, and is in the second now. */
async function between(context: BrowserContext, first: string, second: string): Promise<Page> {
  const page = await enter(context, first, 'Ann')
  await page.goto(`/r/${second}`)
  await shown(composer(page))
  // Both rooms are in the list.
  for (const room of [first, second]) await rowOf(page, room).waitFor({ state: 'attached' })
  return page
}

/** The rooms that a page has asked to watch. */
const watches = (texts: readonly string[]) =>
  framesOf(texts, 'userJoin').flatMap(({ watch, room }) => (watch === true ? [room] : []))

it('[RB1] messages in another room are counted, mentions are marked, and going there ends it', async () => {
  const ben = await meet('rb1-yard', 'Ben')
  const ann = await between(await browser.visitor(), 'rb1-yard', 'rb1-hall')
  await ben.send('Is anyone here?')
  await shown(rowOf(ann, 'rb1-yard', ', 1 unread'))
  await ben.send('@Ann, are you?')
  await shown(rowOf(ann, 'rb1-yard', ', 2 unread, you are mentioned'))
  await rowOf(ann, 'rb1-yard', ', 2 unread, you are mentioned').click()
  await shown(messages(ann).getByText('@Ann, are you?'))
  await shown(rowOf(ann, 'rb1-yard'))
  await goTo(ann, 'rb1-hall')
  await shown(rowOf(ann, 'rb1-yard'))
  await ben.send('Later, then')
  await shown(rowOf(ann, 'rb1-yard', ', 1 unread'))
  // It is there at once after a reload too.
  await ann.reload()
  await shown(rowOf(ann, 'rb1-yard', ', 1 unread'))
})

it('[RB2] a person’s own messages from another device are not counted, and others do not see who watches', async () => {
  const context = await browser.visitor()
  const ann = await between(context, 'rb2-yard', 'rb2-hall')
  const ben = await meet('rb2-yard', 'Ben')
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const away = await meet('rb2-yard', 'Ann', cookie)
  await away.send('from my other device')
  away.close()
  await ben.send('a word of another')
  await shown(rowOf(ann, 'rb2-yard', ', 1 unread'))
  await expect.poll(() => ben.view.people.map(({ username }) => username)).toEqual(['Ben'])
})

it('[RB3] two tabs share one watching connection for each room, and one takes over from the other', async () => {
  const ben = await meet('rb3-yard', 'Ben')
  const context = await browser.visitor()
  const line = await holdLine(context)
  const ann = await between(context, 'rb3-yard', 'rb3-hall')
  await expect.poll(() => watches(line.sent)).toEqual(['rb3-yard'])
  const second = await comeBack(context, 'rb3-hall')
  await ben.send('heard in both')
  await shown(rowOf(ann, 'rb3-yard', ', 1 unread'))
  await shown(rowOf(second, 'rb3-yard', ', 1 unread'))
  expect(watches(line.sent)).toEqual(['rb3-yard'])
  await ann.close()
  await expect.poll(() => watches(line.sent)).toEqual(['rb3-yard', 'rb3-yard'])
  await ben.send('heard in the one that is left')
  await shown(rowOf(second, 'rb3-yard', ', 2 unread'))
})

it('[RB4] connections to watched rooms stay open when the reader changes rooms', async () => {
  const context = await browser.visitor()
  const line = await holdLine(context)
  const ann = await between(context, 'rb4-shed', 'rb4-yard')
  await expect.poll(() => watches(line.sent)).toEqual(['rb4-shed'])
  await ann.goto('/r/rb4-hall')
  await shown(composer(ann))
  await expect.poll(() => watches(line.sent).slice(1).sort()).toEqual(['rb4-shed', 'rb4-yard'])
  const before = watches(line.sent).length
  await goTo(ann, 'rb4-yard')
  await expect.poll(() => watches(line.sent).slice(before)).toEqual(['rb4-hall'])
  await goTo(ann, 'rb4-hall')
  await expect.poll(() => watches(line.sent).slice(before)).toEqual(['rb4-hall', 'rb4-yard'])
})

it('[RB5] the keyboard finds a room, chooses it, names a new one, or closes the search', async () => {
  const ben = await meet('rb5-yard', 'Ben')
  const ann = await between(await browser.visitor(), 'rb5-yard', 'rb5-hall')
  await ben.send('psst')
  await shown(rowOf(ann, 'rb5-yard', ', 1 unread'))
  await composer(ann).focus()
  const field = ann.getByRole('combobox', { name: 'Name of a room' })
  const chosen = ann.getByRole('option', { selected: true })
  await ann.keyboard.press('Control+k')
  await shown(field)
  await shown(chosen.and(ann.getByRole('option', { name: 'rb5-yard, 1 unread' })))
  await ann.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
  await expect.poll(() => composer(ann).evaluate((element) => element === document.activeElement)).toBe(true)

  await ann.keyboard.press('Control+k')
  await shown(field)
  await ann.keyboard.type('RB5-y')
  await ann.keyboard.press('ArrowDown')
  await shown(chosen.and(ann.getByRole('option', { name: 'Go to rb5-y', exact: true })))
  await ann.keyboard.press('ArrowUp')
  await ann.keyboard.press('Enter')
  await ann.waitForURL('**/r/rb5-yard')
  await shown(messages(ann).getByText('psst'))

  await roomsOf(ann).getByRole('button', { name: 'Find a room' }).click()
  await shown(field)
  await ann.keyboard.type('no room')
  await shown(ann.getByText('A room name has letters'))
  await field.fill('rb5-cellar')
  await ann.keyboard.press('Enter')
  await ann.waitForURL('**/r/rb5-cellar')
  await shown(composer(ann))
})

it('[RB6] on a phone one button leads to the other rooms and says what is new', async () => {
  const ben = await meet('rb6-yard', 'Ben')
  const context = await browser.visitor({ device: 'phone' })
  const ann = await enter(context, 'rb6-yard', 'Ann')
  await ann.goto('/r/rb6-hall')
  await shown(composer(ann))
  const button = ann.getByRole('button', { name: 'Rooms', exact: true })
  await shown(button)
  await ben.send('@ann, look!')
  const news = ann.getByRole('button', { name: 'Rooms, 1 unread, you are mentioned' })
  await shown(news)
  await news.tap()
  const sheet = ann.getByRole('dialog', { name: 'Rooms' })
  await shown(sheet)
  await sheet.getByRole('link', { name: 'rb6-yard, 1 unread, you are mentioned' }).tap()
  await ann.waitForURL('**/r/rb6-yard')
  await shown(messages(ann).getByText('@ann, look!'))
  await shown(button)
  await button.tap()
  await sheet.getByRole('link', { name: 'rb6-yard', exact: true }).tap()
  await sheet.waitFor({ state: 'detached' })
})

it.each([320, 390])(
  '[RB15] at %i px the largest unread count hides neither the icon nor the name',
  async (width) => {
    const context = await browser.visitor({ device: 'phone', viewport: { width, height: 700 } })
    const line = await holdLine(context)
    // The last summaries of the other rooms stay until there are newer ones.
    line.toServer = (text) => (text.includes('"watch":true') ? undefined : text)
    const ann = await enter(context, `rb15-yard-${width}`, 'Ann')
    await context.addInitScript((room) => {
      const unread = { count: 120, more: true, called: true, upTo: 500 }
      localStorage.setItem('hallway:news', JSON.stringify({ [room]: { unread, waiting: [] } }))
    }, `rb15-yard-${width}`)
    await ann.goto(`/r/rb15-hall-${width}`)
    await shown(ann.locator('.rooms-button .badge', { hasText: '99+' }))
    const boxOf = async (selector: string) =>
      (await ann.locator(selector).boundingBox()) ?? expect.fail(selector)
    const [told, icon, name] = [
      await boxOf('.rooms-button .badge'),
      await boxOf('.rooms-button .icon'),
      await boxOf('.room-header h1'),
    ]
    // The icon's upper line lies a quarter down.
    expect(told.y + told.height).toBeLessThanOrEqual(icon.y + icon.height / 4)
    expect(told.x + told.width).toBeLessThanOrEqual(name.x)
    expect(Math.min(told.x, told.y)).toBeGreaterThanOrEqual(0)
  },
)

it('[RB7] leaving and forgetting a room removes it, and asks first if something is unsent', async () => {
  const context = await browser.visitor({ expected: /ERR_INTERNET_DISCONNECTED/ })
  const ann = await between(context, 'rb7-yard', 'rb7-hall')
  await composer(ann).fill('a draft')
  const menu = (room: string) => roomsOf(ann).getByRole('button', { name: `More about ${room}` })
  const sheet = (room: string) => ann.getByRole('dialog', { name: room })
  await menu('rb7-yard').click()
  await sheet('rb7-yard').getByRole('button', { name: 'Leave and forget' }).click()
  await rowOf(ann, 'rb7-yard').waitFor({ state: 'detached' })
  expect(ann.url()).toContain('/r/rb7-hall')

  await context.setOffline(true)
  await shown(ann.getByText('You’re offline.'))
  await say(ann, 'never to be sent')
  await composer(ann).fill('a draft')
  await menu('rb7-hall').click()
  await sheet('rb7-hall').getByRole('button', { name: 'Leave and forget' }).click()
  await shown(sheet('rb7-hall').getByText('One message you wrote there has not been sent'))
  await sheet('rb7-hall').getByRole('button', { name: 'Cancel' }).click()
  await shown(rowOf(ann, 'rb7-hall'))
  await menu('rb7-hall').click()
  await sheet('rb7-hall').getByRole('button', { name: 'Leave and forget' }).click()
  await sheet('rb7-hall').getByRole('button', { name: 'Forget it anyway' }).click()
  await ann.waitForURL(/\/$/)
  await context.setOffline(false)
  await expect
    .poll(() => ann.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('rb7'))))
    .toEqual([])
  await ann.goto('/r/rb7-hall')
  await shown(ann.getByLabel('Your name'))
  await ann.keyboard.press('Enter')
  await shown(composer(ann))
  await expect.poll(() => composer(ann).inputValue()).toBe('')
  await say(ann, 'in again')
  await expect.poll(() => messages(ann).getByText('never to be sent').count()).toBe(0)
})

it('[RB8] a reader above the present finds the same messages in view on coming back to a room', async () => {
  await fillRoom('rb8-yard', 110)
  const ben = await meet('rb8-yard', 'Ben')
  const ann = await between(await browser.visitor(), 'rb8-hall', 'rb8-yard')
  const row = messages(ann).getByText('message 40', { exact: true })
  while ((await row.count()) === 0) {
    await messages(ann).evaluate((scroller) => {
      scroller.scrollTop -= 600
    })
    await settled(ann)
  }
  await row.evaluate((element) => element.scrollIntoView({ block: 'start' }))
  const topOf = () => row.evaluate((element) => Math.round(element.getBoundingClientRect().top))
  await shown(ann.getByRole('button', { name: 'Jump to the latest messages' }))
  await settled(ann)
  const before = await topOf()
  await goTo(ann, 'rb8-hall')
  await ben.send('meanwhile')
  await rowOf(ann, 'rb8-yard', ', 1 unread').click()
  await ann.waitForURL('**/r/rb8-yard')
  await shown(row)
  await expect.poll(topOf).toBe(before)
  await shown(ann.getByRole('button', { name: '1 new message' }))
  // A reader who left at the present comes back to the present.
  await ann.getByRole('button', { name: '1 new message' }).click()
  await shown(messages(ann).getByText('meanwhile'))
  await goTo(ann, 'rb8-hall')
  await goTo(ann, 'rb8-yard')
  await shown(messages(ann).getByText('meanwhile'))
  await expect.poll(() => messages(ann).evaluate((scroller) => scroller.scrollTop)).toBe(0)
})

it('[RB11] a reader above the present finds the same messages in view after a reload, in another room too', async () => {
  await fillRoom('rb11-yard', 110)
  const ann = await between(await browser.visitor(), 'rb11-hall', 'rb11-yard')
  await shown(messages(ann).getByText('message 110', { exact: true }))
  await readAbove(ann, 900)
  const text = await textInView(ann)
  const topOf = () =>
    messages(ann)
      .getByText(text, { exact: true })
      .evaluate((element) => Math.round(element.getBoundingClientRect().top))
  const before = await topOf()
  await ann.reload()
  await shown(messages(ann).getByText(text, { exact: true }))
  await expect.poll(topOf).toBe(before)
  await goTo(ann, 'rb11-hall')
  await ann.reload()
  await shown(composer(ann))
  await goTo(ann, 'rb11-yard')
  await shown(messages(ann).getByText(text, { exact: true }))
  await expect.poll(topOf).toBe(before)
  // At the present there is no position to return to.
  await ann.getByRole('button', { name: 'Jump to the latest messages' }).click()
  await ann.reload()
  await shown(messages(ann).getByText('message 110', { exact: true }))
  await settled(ann)
  await expect.poll(() => messages(ann).evaluate((scroller) => scroller.scrollTop)).toBe(0)
})

it('[RB9] an invitation waits in the list, leads to its room, and can be dismissed in all tabs', async () => {
  const bens = await browser.visitor()
  const ben = await enter(bens, 'rb9-hall', 'Ben')
  const second = await comeBack(bens, 'rb9-hall')
  const ann = await enter(await browser.visitor(), 'rb9-hall', 'Ann')
  await person(ann, 'Ben').click()
  await ann.waitForURL(/\/r\/[a-z2-7]{26}$/)
  const invited = (page: Page) => roomsOf(page).getByRole('link', { name: 'Ann invites you' })
  await shown(invited(ben))
  await shown(invited(second))
  await roomsOf(ben).getByRole('button', { name: 'Dismiss the invitation from Ann' }).click()
  await invited(ben).waitFor({ state: 'detached' })
  await invited(second).waitFor({ state: 'detached' })

  // Another invitation, which is listed in every room.
  const cleo = await enter(await browser.visitor(), 'rb9-hall', 'Cleo')
  await person(cleo, 'Ben').click()
  await cleo.waitForURL(/\/r\/[a-z2-7]{26}$/)
  const other = roomsOf(ben).getByRole('link', { name: 'Cleo invites you' })
  await shown(other)
  await ben.goto('/r/rb9-yard')
  await shown(other)
  await other.click()
  await ben.waitForURL(/\/r\/[a-z2-7]{26}$/)
  await shown(composer(ben))
  await shown(rowOf(ben, 'You and Cleo'))
  await other.waitFor({ state: 'detached' })
})

it('[RB10] a room that refuses to be watched is not asked again', async () => {
  const context = await browser.visitor()
  const line = await holdLine(context)
  const ann = await between(context, 'rb10-yard', 'rb10-hall')
  await ann.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('hallway:rooms') ?? '[]')
    const never = { room: 'rb10-never', username: 'Ann' }
    localStorage.setItem('hallway:rooms', JSON.stringify([...kept, never]))
  })
  await ann.reload()
  await shown(rowOf(ann, 'rb10-never'))
  const tried = () => watches(line.sent).filter((room) => room === 'rb10-never').length
  await expect.poll(tried).toBe(1)
  await expect.poll(() => framesOf(line.received, 'error').map(({ code }) => code)).toEqual(['forbidden'])
  await goTo(ann, 'rb10-yard')
  await goTo(ann, 'rb10-hall')
  await expect.poll(() => watches(line.sent).at(-1)).toBe('rb10-yard')
  expect(tried()).toBe(1)
})

/** Forgets a room, from another room's list or its own. */
async function forget(page: Page, room: string): Promise<void> {
  await roomsOf(page)
    .getByRole('button', { name: `More about ${room}` })
    .click()
  await page.getByRole('dialog', { name: room }).getByRole('button', { name: 'Leave and forget' }).click()
}

it('[RB12] the link of a forgotten room asks for the name again, and other rooms admit at once', async () => {
  const ann = await between(await browser.visitor(), 'rb12-hall', 'rb12-yard')
  await forget(ann, 'rb12-yard')
  await ann.waitForURL(/\/$/)
  for (let times = 0; times < 2; times += 1) {
    await ann.goto('/r/rb12-yard')
    await shown(ann.getByLabel('Your name'))
    await expect.poll(() => ann.getByLabel('Your name').inputValue()).toBe('Ann')
    await expect.poll(() => composer(ann).count()).toBe(0)
  }
  await expect.poll(() => ann.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('rb12-yard')
  await ann.goto('/r/rb12-new')
  await shown(composer(ann))
  // After joining again the room is in the list again.
  await ann.goto('/r/rb12-yard')
  await ann.getByLabel('Your name').press('Enter')
  await shown(composer(ann))
  await rowOf(ann, 'rb12-yard').waitFor()
  await ann.reload()
  await shown(composer(ann))
})

it('[RB13] a room forgotten in one tab is left in the others, and nothing of it comes back', async () => {
  const ben = await meet('rb13-yard', 'Ben')
  const context = await browser.visitor()
  const ann = await between(context, 'rb13-hall', 'rb13-yard')
  const second = await comeBack(context, 'rb13-yard')
  const elsewhere = await comeBack(context, 'rb13-hall')
  await composer(second).fill('a draft')
  await expect.poll(() => ben.view.people.map(({ username }) => username)).toEqual(['Ann', 'Ben'])
  await forget(ann, 'rb13-yard')
  await ann.waitForURL(/\/$/)
  await second.waitForURL(/\/$/)
  await expect.poll(() => ben.view.people.map(({ username }) => username)).toEqual(['Ben'])
  await ben.send('is anyone left?')
  await expect.poll(() => second.locator('[data-announcer]').textContent()).toBe('rb13-yard is forgotten.')
  await rowOf(elsewhere, 'rb13-yard').waitFor({ state: 'detached' })
  expect(elsewhere.url()).toContain('/r/rb13-hall')
  await expect.poll(() => ann.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('rb13-yard')
  await second.goto('/r/rb13-yard')
  await shown(second.getByLabel('Your name'))
})

it('[RB14] forgetting a room forgets its unfinished edit', async () => {
  const ann = await between(await browser.visitor(), 'rb14-hall', 'rb14-yard')
  await sayForGood(ann, 'Tuseday')
  await composer(ann).press('ArrowUp')
  await shown(ann.getByText('Editing your message'))
  await composer(ann).fill('Tues')
  const kept = () => ann.evaluate(() => localStorage.getItem('hallway:edit:rb14-yard'))
  await expect.poll(kept).toContain('Tues')
  await goTo(ann, 'rb14-hall')
  await expect.poll(kept).toContain('Tues')
  await forget(ann, 'rb14-yard')
  await rowOf(ann, 'rb14-yard').waitFor({ state: 'detached' })
  await expect.poll(kept).toBe(null)
  await ann.goto('/r/rb14-yard')
  await ann.getByLabel('Your name').press('Enter')
  await shown(messages(ann).getByText('Tuseday'))
  await expect.poll(() => ann.getByText('Editing your message').count()).toBe(0)
})
