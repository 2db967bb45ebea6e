import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { useBrowser } from './browser.ts'

const browser = useBrowser()

const cost = (page: Page) => page.getByText('What this room costs').and(page.locator(':visible'))

async function enter(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
}

it('[CB1] an owner sees on request what the room costs, and other members see nothing of it', async () => {
  const ann = await (await browser.visitor()).newPage()
  await ann.goto('/')
  await ann.getByRole('button', { name: 'Start a room' }).click()
  await ann.waitForURL(/\/r\/[a-z2-7]{26}$/)
  await enter(ann, 'Ann')
  await ann.getByRole('textbox', { name: 'Message', exact: true }).fill('one')
  await ann.getByRole('button', { name: 'Send' }).click()
  await ann.getByRole('log', { name: 'Messages' }).getByText('one').waitFor()
  const asked: string[] = []
  ann.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await cost(ann).click()
  await ann.getByText(/^Today 1 message, \d+ rows written/).waitFor()
  expect(asked).toEqual([`${new URL(ann.url()).pathname.replace('/r/', '/api/rooms/')}/usage`])
  await ann.getByText('This month less than a cent').waitFor()

  const ben = await (await browser.visitor({ device: 'phone' })).newPage()
  await ben.goto(ann.url())
  await enter(ben, 'Ben')
  await ben.getByRole('button', { name: '2 people here' }).click()
  await ben.getByRole('dialog').getByRole('button', { name: 'Talk with Ann in private' }).waitFor()
  await expect.poll(() => cost(ben).count()).toBe(0)
})

it('[CB2] everyone in a room with a name sees what it costs, on a phone too', async () => {
  const page = await (await browser.visitor({ device: 'phone' })).newPage()
  await page.goto('/r/pantry')
  await enter(page, 'Ann')
  await page.getByRole('button', { name: '1 person here' }).click()
  await cost(page).click()
  await page.getByText(/^It stores \d+ kB\.$/).waitFor()
})
