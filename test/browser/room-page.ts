import type { BrowserContext, Locator, Page } from 'playwright-core'

/** What a visitor sees and does on the page of a room. */
export const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
export const messages = (page: Page) => page.getByRole('log', { name: 'Messages' })
export const person = (page: Page, name: string) =>
  page.getByRole('button', { name: `Talk with ${name} in private` }).and(page.locator(':visible'))
export const shown = (locator: Locator) => locator.first().waitFor({ timeout: 10_000 })

/** Comes in by the link, as someone the room does not know yet. */
export async function enter(context: BrowserContext, room: string, name: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`/r/${room}`)
  await page.getByLabel('Your name').fill(name)
  await page.keyboard.press('Enter')
  await shown(composer(page))
  return page
}

/** Comes in as someone who has said their name in this browser before. */
export async function comeBack(context: BrowserContext, room: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`/r/${room}`)
  await shown(composer(page))
  return page
}

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
  await shown(messages(page).getByText(text))
}

/** Every message that stands on the page, in order, and how it stands. */
export function said(page: Page): Promise<string[]> {
  return messages(page)
    .locator('[data-state]')
    .evaluateAll((rows) =>
      rows.map((row) => {
        const state = row.getAttribute('data-state')
        const text = row.querySelector('.message__text')?.textContent ?? '(deleted)'
        return state === 'message' ? text : `${text} (${state})`
      }),
    )
}
