import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { holdLine, pass, refusing, swallow } from '../../tools/page/page-sockets.ts'
import {
  composer,
  enter,
  messages,
  messageTexts,
  say,
  sayForGood,
  shown,
} from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'

const browser = useBrowser()

it('[DE1] a mouse user reacts, replies, edits and deletes, and everyone sees it', async () => {
  const room = 'actions-mouse'
  const ann = await enter(await browser.visitor(), room, 'Ann')
  const ben = await enter(await browser.visitor({ colorScheme: 'dark' }), room, 'Ben')
  await sayForGood(ann, 'Shall we meet at one?')
  const row = (text: string) => messages(ben).locator('.message', { hasText: text })
  await row('Shall we meet').hover()
  const bar = ben.getByRole('toolbar')
  await expect.poll(() => bar.getByRole('button', { name: 'Edit' }).count()).toBe(0)
  await bar.getByRole('button', { name: 'React with 👍' }).click()
  await shown(messages(ann).getByRole('button', { name: '👍, 1 person' }))
  await messages(ann).getByRole('button', { name: '👍, 1 person' }).click()
  await shown(messages(ben).getByRole('button', { name: '👍, 2 people' }))

  await bar.getByRole('button', { name: 'Reply' }).click()
  await shown(ben.getByText('Replying to Ann'))
  await composer(ben).fill('At two, rather')
  await ben.keyboard.press('Enter')
  const quote = messages(ann).getByRole('button', { name: 'In reply to Ann Shall we meet at one?' })
  await shown(quote)

  await composer(ben).press('ArrowUp')
  await shown(ben.getByText('Editing your message'))
  await expect.poll(() => composer(ben).inputValue()).toBe('At two, rather')
  await composer(ben).fill('At half past one, rather')
  await ben.keyboard.press('Enter')
  await shown(messages(ann).getByText('At half past one, rather'))
  await shown(messages(ann).getByText('(edited)'))

  await row('At half past one').hover()
  await bar.getByRole('button', { name: 'Delete' }).click()
  await bar.getByRole('button', { name: 'Delete for everyone?' }).click()
  await shown(messages(ann).getByText('This message was deleted.'))
  await shown(messages(ben).getByText('This message was deleted.'))
})

it('[DE2] the keyboard alone moves between messages and their actions, and back', async () => {
  const ann = await enter(await browser.visitor(), 'actions-keys', 'Ann')
  for (const text of ['one', 'two', 'three']) await sayForGood(ann, text)
  await messages(ann).focus()
  await ann.keyboard.press('ArrowUp')
  await ann.keyboard.press('ArrowUp')
  await expect.poll(() => ann.evaluate(() => document.activeElement?.textContent)).toContain('two')
  await shown(ann.getByRole('toolbar', { name: 'Message actions' }))
  await ann.keyboard.press('Tab')
  await expect
    .poll(() => ann.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('React with 👍')
  for (let n = 0; n < 4; n += 1) await ann.keyboard.press('Tab')
  await expect
    .poll(() => ann.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Reply')
  await ann.keyboard.press('Enter')
  await shown(ann.getByText('Replying to Ann'))
  await composer(ann).fill('a draft')
  await ann.keyboard.press('Escape')
  await expect.poll(() => ann.getByText('Replying to Ann').count()).toBe(0)
  await expect.poll(() => composer(ann).inputValue()).toBe('a draft')
})

it('[DE3] a tap shows the actions of a message', async () => {
  const ann = await enter(await browser.visitor({ device: 'phone' }), 'actions-touch', 'Ann')
  await sayForGood(ann, 'A message to be tapped')
  await messages(ann).getByText('A message to be tapped').tap()
  const sheet = ann.getByRole('dialog', { name: 'Message actions' })
  await sheet.getByRole('button', { name: 'React with 🎉' }).tap()
  await shown(messages(ann).getByRole('button', { name: '🎉, 1 person' }))
  await messages(ann).getByText('A message to be tapped').tap()
  await sheet.getByRole('button', { name: 'Edit' }).tap()
  await expect.poll(() => composer(ann).inputValue()).toBe('A message to be tapped')
})

it('[DE4] a quote leads to the message it answers and marks it', async () => {
  const ann = await enter(await browser.visitor(), 'actions-far', 'Ann')
  await sayForGood(ann, 'the first of all')
  for (let n = 0; n < 25; n += 1) await sayForGood(ann, `in between ${n}`)
  await messages(ann).locator('.message', { hasText: 'the first of all' }).hover()
  await ann.getByRole('toolbar').getByRole('button', { name: 'Reply' }).click()
  await sayForGood(ann, 'the answer')
  await messages(ann).getByRole('button', { name: 'In reply to Ann the first of all' }).click()
  await expect
    .poll(() => ann.evaluate(() => document.activeElement?.textContent))
    .toContain('the first of all')
})

describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
  async function begin(room: string) {
    const context = await browser.visitor({ device })
    const line = await holdLine(context)
    const ann = await enter(context, `${room}-${device}`, 'Ann')
    await sayForGood(ann, 'no longer true')
    return { ann, line }
  }

  async function ask(page: Page, ...labels: string[]): Promise<void> {
    const row = messages(page).locator('.message', { hasText: 'no longer true' })
    if (device === 'phone') await row.getByText('no longer true').tap()
    else await row.hover()
    for (const name of labels) await page.getByRole('button', { name, exact: true }).last().click()
  }

  it('[DE5] a refused deletion is shown with its reason, and can be given up or tried again', async () => {
    const { ann, line } = await begin('actions-refused')
    const why = ann.getByText('The message was not deleted. You are not allowed to do that.')
    const remove = () => ask(ann, 'Delete', 'Delete for everyone?')
    // The deletion names another message, so the server refuses it.
    line.toServer = (text) => {
      const [, id] = /"deleteChat".*"id":"([^"]+)"/.exec(text) ?? []
      return id === undefined ? text : text.replace('"ref":', '"ref":1000')
    }
    line.toPage = (text) => text.replaceAll('not-found', 'forbidden')
    await remove()
    await shown(messages(ann).locator('.failed', { has: why }))
    await expect.poll(() => messageTexts(ann)).toEqual(['no longer true'])
    await messages(ann).getByRole('button', { name: 'Keep the message' }).click()
    await messages(ann).locator('.failed').waitFor({ state: 'detached' })
    await expect.poll(() => messageTexts(ann)).toEqual(['no longer true'])
    await remove()
    // It stays until the person decides, even over a reload.
    await shown(messages(ann).locator('.failed', { has: why }))
    await ann.reload()
    await shown(messages(ann).locator('.failed', { has: why }))
    line.toServer = pass
    await messages(ann).getByRole('button', { name: 'Try again' }).click()
    await shown(messages(ann).getByText('This message was deleted.'))
    await expect.poll(() => messageTexts(ann)).toEqual(['(deleted)'])
  })

  it('[DE6] a refused reaction disappears with a notice, and can be given again', async () => {
    const { ann, line } = await begin('actions-refused-reaction')
    const reaction = messages(ann).getByRole('button', { name: '👍, 1 person' })
    const status = ann.getByRole('status').getByText('The reaction was not saved.')
    line.toPage = refusing('limit-reached')
    await ask(ann, 'React with 👍')
    await shown(status)
    await reaction.waitFor({ state: 'detached' })
    line.toPage = pass
    await ask(ann, 'React with 👍')
    await shown(reaction)
  })
})

it('[DE7] a message that is sent under a resting mouse shows its actions', async () => {
  const anns = await browser.visitor()
  const line = await holdLine(anns)
  const ann = await enter(anns, 'actions-resting', 'Ann')
  line.toServer = swallow
  await say(ann, 'on its way')
  await messages(ann).getByText('on its way').hover()
  await expect.poll(() => ann.getByRole('toolbar').count()).toBe(0)
  line.toServer = pass
  line.cut()
  line.mend()
  await shown(ann.getByRole('toolbar', { name: 'Message actions' }))
  await expect.poll(() => messageTexts(ann)).toEqual(['on its way'])
})
