import type { BrowserContext, Locator, Page } from 'playwright-core'
import { roomEn } from '../../client/i18n/en/room.ts'

type Signs = Pick<typeof roomEn, 'composer' | 'timeline'>

/** What a visitor sees and does on the page of a room; in English by default. */
export const composer = (page: Page, { composer }: Signs = roomEn) =>
  page.getByRole('textbox', { name: composer.label, exact: true })
export const messages = (page: Page, { timeline }: Signs = roomEn) =>
  page.getByRole('log', { name: timeline.label })
export const person = (page: Page, name: string) =>
  page.getByRole('button', { name: `Talk with ${name} in private` }).and(page.locator(':visible'))
/** Long enough for a busy machine: only a step that hangs fails. */
const PATIENCE_MS = 60_000
export const shown = (locator: Locator) => locator.first().waitFor({ timeout: PATIENCE_MS })

/** Opens the link of a room and joins as a new visitor. */
export async function enter(context: BrowserContext, room: string, name: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`/r/${room}`)
  await page.getByLabel('Your name').fill(name)
  await page.keyboard.press('Enter')
  await shown(composer(page))
  return page
}

/** Opens the link of a room in a browser that remembers the visitor's name. */
export async function comeBack(context: BrowserContext, room: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`/r/${room}`)
  await shown(composer(page))
  return page
}

export async function say(page: Page, text: string, signs = roomEn): Promise<void> {
  await composer(page, signs).fill(text)
  await page.getByRole('button', { name: signs.composer.send }).click()
  await shown(messages(page, signs).getByText(text))
}

/** Sends a message and waits until the room has it: only then can it be edited or deleted. */
export async function sayForGood(page: Page, text: string, signs = roomEn): Promise<void> {
  await say(page, text, signs)
  await shown(messages(page, signs).locator('[data-state=message]', { hasText: text }))
}

/** Every message on the page, in order, with its state unless it is sent. */
export function messageTexts(page: Page): Promise<string[]> {
  return messages(page)
    .locator('[data-state]')
    .evaluateAll((rows) =>
      rows.map((row) => {
        const state = row.getAttribute('data-state')
        const lines = row.querySelector('.message__text')?.cloneNode(true)
        if (lines instanceof Element) lines.querySelector('.message__mark')?.remove()
        const text = lines?.textContent?.trimEnd() ?? '(deleted)'
        return state === 'message' ? text : `${text} (${state})`
      }),
    )
}
