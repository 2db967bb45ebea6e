import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { holdLine, refusing } from '../../tools/page/page-sockets.ts'
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

/** The composer's text field, with or without a list of completions. */
const field = (page: Page) => page.getByLabel('Message', { exact: true })
const list = (page: Page, name: string) => page.getByRole('listbox', { name })
const row = (page: Page, text: string) => messages(page).locator('.message', { hasText: text })

describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
  const choose = (page: Page, name: string) => {
    const option = page.getByRole('option', { name })
    return device === 'phone' ? option.tap() : option.click()
  }

  it('[CW1] people, emoji and commands are completed by a press, and the field keeps the focus', async () => {
    const room = `completing-${device}`
    const ann = await enter(await browser.visitor({ device, colorScheme: 'dark' }), room, 'Ann')
    await enter(await browser.visitor(), room, 'Ben Okri')
    await field(ann).pressSequentially('hi @be')
    await shown(list(ann, 'People'))
    await expect.poll(() => field(ann).getAttribute('aria-controls')).toBe('composer-choices')
    await expect.poll(() => field(ann).getAttribute('aria-activedescendant')).toBe('composer-choices-0')
    await choose(ann, 'Ben Okri')
    await expect.poll(() => field(ann).inputValue()).toBe('hi @Ben Okri ')
    await field(ann).pressSequentially(':tad')
    await shown(list(ann, 'Emoji'))
    await choose(ann, 'tada')
    await field(ann).pressSequentially('!')
    await expect.poll(() => field(ann).inputValue()).toBe('hi @Ben Okri 🎉 !')
    await expect.poll(() => list(ann, 'Emoji').count()).toBe(0)
    await field(ann).fill('')
    await field(ann).pressSequentially('/')
    await shown(list(ann, 'Commands'))
    await choose(ann, '/topic')
    await field(ann).pressSequentially('Lunch')
    await expect.poll(() => field(ann).inputValue()).toBe('/topic Lunch')
  })

  it('[CW2] the picker inserts an emoji at the caret, finds it by name and remembers it', async () => {
    const ann = await enter(await browser.visitor({ device }), `picker-${device}`, 'Ann')
    await field(ann).fill('before after')
    for (let n = 0; n < 6; n += 1) await field(ann).press('ArrowLeft')
    const open = async () => {
      await ann.getByRole('button', { name: 'Emoji', exact: true }).click()
      await shown(ann.getByRole('searchbox', { name: 'Search emoji' }))
    }
    await open()
    await ann.getByRole('searchbox', { name: 'Search emoji' }).fill('rocket')
    await ann.getByRole('button', { name: 'rocket' }).click()
    await expect.poll(() => field(ann).inputValue()).toBe('before🚀 after')
    await expect.poll(() => ann.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
    await open()
    await shown(ann.getByRole('region', { name: 'Recently used' }).getByRole('button', { name: 'rocket' }))
    await ann.keyboard.press('Escape')
    await expect.poll(() => ann.getByRole('dialog').count()).toBe(0)
  })

  it('[CW3] any emoji can be a reaction', async () => {
    const ann = await enter(
      await browser.visitor({ device, colorScheme: 'dark' }),
      `reacting-${device}`,
      'Ann',
    )
    await sayForGood(ann, 'A message to react to')
    if (device === 'phone') await messages(ann).getByText('A message to react to').tap()
    else await row(ann, 'A message').hover()
    await ann.getByRole('button', { name: 'React with another emoji' }).click()
    await ann.getByRole('searchbox', { name: 'Search emoji' }).fill('fox')
    await ann.getByRole('button', { name: 'fox', exact: true }).click()
    await shown(messages(ann).getByRole('button', { name: '🦊, 1 person' }))
    await expect.poll(() => ann.getByRole('dialog').count()).toBe(0)
    await expect.poll(() => ann.evaluate(() => document.activeElement?.className)).toContain('message')
  })

  it('[CW4] mentions are marked, the reader’s own most clearly, and never in code', async () => {
    const room = `calling-${device}`
    const ann = await enter(await browser.visitor(), room, 'Ann')
    const ben = await enter(await browser.visitor({ device }), room, 'Ben')
    await field(ann).fill('look, **@ben** and @ann: `@ben` @nobody')
    await ann.getByRole('button', { name: 'Send' }).click()
    await shown(messages(ben).getByText('@nobody'))
    const marks = (page: Page, kind: string) => messages(page).locator(kind).allTextContents()
    await expect.poll(() => marks(ben, '.mention')).toEqual(['@ben', '@ann'])
    await expect.poll(() => marks(ben, '.mention--self')).toEqual(['@ben'])
    await expect.poll(() => marks(ann, '.mention--self')).toEqual(['@ann'])
    await say(ann, 'and @Cy who comes later')
    await expect.poll(() => row(ben, 'comes later').locator('.mention').count()).toBe(0)
    await enter(await browser.visitor(), room, 'Cy')
    await shown(row(ben, 'comes later').locator('.mention'))
  })

  it('[CW5] an edit that was refused can be tried again or discarded', async () => {
    const room = `refused-${device}`
    const anns = await browser.visitor({ device })
    const line = await holdLine(anns)
    const ann = await enter(anns, room, 'Ann')
    await say(ann, 'Tuseday')
    await expect.poll(() => messageTexts(ann)).toEqual(['Tuseday'])
    const change = async (body: string) => {
      await field(ann).press('ArrowUp')
      await shown(ann.getByText('Editing your message'))
      await field(ann).fill(body)
      await ann.getByRole('button', { name: 'Send' }).click()
    }
    line.toPage = refusing('forbidden')
    await change('Tuesday')
    await shown(ann.getByText('The edit was not saved.'))
    await messages(ann).getByRole('button', { name: 'Discard' }).click()
    await ann.getByText('The edit was not saved.').waitFor({ state: 'detached' })
    await expect.poll(() => messageTexts(ann)).toEqual(['Tuseday'])
    await change('Wednesday')
    await shown(ann.getByText('The edit was not saved.'))
    line.toPage = (text) => text
    await messages(ann).getByRole('button', { name: 'Try again' }).click()
    await ann.getByText('The edit was not saved.').waitFor({ state: 'detached' })
    await expect.poll(() => messageTexts(ann)).toEqual(['Wednesday'])
  })
})

it('[CW6] the completion list follows arrows, Enter, Tab and Escape, and Enter sends when no list is open', async () => {
  const room = 'completing-keys'
  const ann = await enter(await browser.visitor(), room, 'Ann')
  await enter(await browser.visitor(), room, 'Ben')
  await enter(await browser.visitor(), room, 'Bea')
  await shown(ann.getByRole('button', { name: 'Talk with Bea in private' }))
  await field(ann).pressSequentially('@b')
  await shown(list(ann, 'People'))
  const at = () =>
    field(ann).evaluate(
      (one) => document.getElementById(one.getAttribute('aria-activedescendant') ?? '')?.textContent,
    )
  const first = await at()
  await ann.keyboard.press('ArrowDown')
  await expect.poll(at).not.toBe(first)
  await ann.keyboard.press('ArrowUp')
  await expect.poll(at).toBe(first)
  await ann.keyboard.press('Enter')
  const chosen = await field(ann).inputValue()
  expect(chosen).toMatch(/^@Be[an] $/)
  await field(ann).pressSequentially('@b')
  await ann.keyboard.press('Tab')
  await expect.poll(() => field(ann).inputValue()).toBe(chosen + chosen)
  await field(ann).pressSequentially(':he')
  await shown(list(ann, 'Emoji'))
  await ann.keyboard.press('Escape')
  await expect.poll(() => list(ann, 'Emoji').count()).toBe(0)
  await expect.poll(() => field(ann).getAttribute('role')).toBe(null)
  await ann.keyboard.press('Enter')
  await shown(messages(ann).getByText(':he'))
  await composer(ann).fill('/help')
  await ann.keyboard.press('Enter')
  await shown(ann.getByRole('dialog', { name: 'What you can type' }))
})

it('[CW8] a question mark outside the field opens the help, and in the field it is text', async () => {
  const ann = await enter(await browser.visitor(), 'question-mark', 'Ann')
  const help = ann.getByRole('dialog', { name: 'What you can type' })
  await composer(ann).press('?')
  await expect.poll(() => composer(ann).inputValue()).toBe('?')
  await expect.poll(() => help.count()).toBe(0)
  await composer(ann).fill('')
  await composer(ann).evaluate((field) => field.blur())
  await ann.keyboard.press('?')
  await shown(help.getByText('finds a room'))
  await ann.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
})

it('[CW7] an unfinished edit survives a reload', async () => {
  const ann = await enter(await browser.visitor(), 'half-edit', 'Ann')
  await sayForGood(ann, 'Tuseday')
  await composer(ann).press('ArrowUp')
  await shown(ann.getByText('Editing your message'))
  await composer(ann).fill('Tues')
  await ann.reload()
  await shown(ann.getByText('Editing your message'))
  await expect.poll(() => composer(ann).inputValue()).toBe('Tues')
  await composer(ann).fill('Tuesday')
  await ann.keyboard.press('Enter')
  await expect.poll(() => messageTexts(ann)).toEqual(['Tuesday'])
  await ann.reload()
  await shown(messages(ann).getByText('Tuesday'))
  await expect.poll(() => ann.getByText('Editing your message').count()).toBe(0)
})
