import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { roomEn } from '../../client/i18n/en/room.ts'
import { messages, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { speakIn } from './speaker.ts'

const browser = useBrowser()

/** The accessible name of the focused element, whose focus must be visible. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement) || at === document.body) return 'nothing'
    const name = at.getAttribute('aria-label') ?? at.id ?? ''
    const called = name || at.textContent || at.tagName
    const { left, top, width, height } = at.getBoundingClientRect()
    const seen = document.elementFromPoint(left + width / 2, top + Math.min(height, innerHeight - top) / 2)
    if (!at.matches(':focus-visible')) return `${called} (unmarked)`
    // For a field in a box, the box is outlined.
    const outlines = [at, at.parentElement].map(
      (element) => element && getComputedStyle(element).outlineStyle,
    )
    if (outlines.every((style) => style === 'none')) return `${called} (without an outline)`
    return seen && (at.contains(seen) || seen.contains(at)) ? called : `${called} (covered)`
  })
}

const at = (page: Page) => expect.poll(() => focused(page))
/** Presses Tab until the element has the focus: a person hears or sees each step. */
async function tabTo(page: Page, called: string | RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = []
  const isThere = (name: string) => (typeof called === 'string' ? name === called : called.test(name))
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press(key)
    const name = await focused(page)
    if (isThere(name)) return
    passed.push(name)
  }
  throw new Error(`${called} is not on the way: ${passed.join(' → ')}`)
}

it('[KW1] the keyboard alone is enough to join, read, reply, react, edit, change rooms, get help, leave and change settings', async () => {
  const ben = await speakIn('keys-hall', 'Ben')
  for (const body of ['The first word', 'The second word']) await ben.change('updateChat', { id: body, body })
  const page = await (await browser.visitor()).newPage()
  const press = (key: string) => page.keyboard.press(key)

  // Joining.
  await page.goto('/r/keys-hall')
  await at(page).toBe('join-name')
  await page.keyboard.type('Ann')
  await press('Enter')
  await shown(messages(page).getByText('The second word'))
  await at(page).toBe('Message')

  // Reading, and the actions of a message.
  await tabTo(page, 'Messages', 'Shift+Tab')
  await press('ArrowUp')
  await at(page).toContain('The second word')
  await press('ArrowUp')
  await at(page).toContain('The first word')
  await shown(page.getByRole('toolbar'))
  await tabTo(page, 'React with 👍')
  await press('Enter')
  await shown(messages(page).getByRole('button', { name: '👍, 1 person' }))
  await at(page).toBe('React with 👍')
  await tabTo(page, 'React with another emoji')
  await press('Enter')
  await shown(page.getByRole('dialog'))
  await press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  // The buttons may have disappeared: then the message has the focus.
  await at(page).toContain('The first word')
  await shown(page.getByRole('toolbar'))
  await tabTo(page, 'Reply')
  await press('Enter')
  await at(page).toBe('Message')
  await page.keyboard.type('An answer')
  await press('Enter')
  await shown(messages(page).locator('[data-state=message]', { hasText: 'An answer' }))

  // Editing an own message.
  await press('ArrowUp')
  await shown(page.getByText('Editing your message'))
  await page.keyboard.type(', changed')
  await press('Enter')
  await shown(messages(page).getByText('An answer, changed'))
  await at(page).toBe('Message')

  // Each dialog returns the focus to its button.
  await tabTo(page, 'About this room', 'Shift+Tab')
  await press('Enter')
  const menu = page.getByRole('dialog')
  await shown(menu)
  await shown(menu.getByRole('button', { name: 'Notifications' }))
  await tabTo(page, 'Notifications')
  await press('Enter')
  await shown(page.getByRole('dialog', { name: 'Notifications' }))
  await press('Escape')
  await menu.waitFor({ state: 'detached' })
  await at(page).toBe('About this room')
  await press('?')
  await shown(page.getByRole('dialog', { name: 'What you can type' }))
  await press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await at(page).toBe('About this room')

  // To another room and back.
  await press('Control+k')
  await at(page).toBe('Name of a room')
  await press('Escape')
  // The browser moves the focus before it tells the page that the dialog is closed.
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await at(page).toBe('About this room')
  await press('Control+k')
  await at(page).toBe('Name of a room')
  await page.keyboard.type('keys-yard')
  await press('Enter')
  await page.waitForURL('**/r/keys-yard')
  await at(page).toBe('Message')

  // Leaving the room.
  await tabTo(page, 'About this room', 'Shift+Tab')
  await press('Enter')
  await shown(menu.getByRole('button', { name: 'Leave and forget' }))
  await tabTo(page, 'Leave and forget')
  await press('Enter')
  await shown(page.getByText(roomEn.rooms.forgetMore))
  await tabTo(page, 'Leave and forget')
  await press('Enter')
  await page.waitForURL(/\/$/)
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')

  // The settings, which return the focus to their button.
  await tabTo(page, 'Settings', 'Shift+Tab')
  await press('Enter')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await shown(settings)
  const colours = settings.getByLabel('Colours')
  const onward = async () => {
    await press('Tab')
    return colours.evaluate((field) => field === document.activeElement)
  }
  await expect.poll(onward).toBe(true)
  await page.keyboard.type('Dark')
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  await press('Escape')
  await settings.waitFor({ state: 'detached' })
  await at(page).toBe('Settings')
})
