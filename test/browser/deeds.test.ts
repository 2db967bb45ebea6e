import { expect, it } from 'vitest'
import { useBrowser } from './browser.ts'
import { picture } from './picture.ts'
import { composer, enter, messages, say, shown } from './room-page.ts'

const browser = useBrowser()

it('[DE1] with a mouse: react, reply, edit and delete, and everyone sees it', async () => {
  const room = 'deeds-mouse'
  const ann = await enter(await browser.visitor(), room, 'Ann')
  const ben = await enter(await browser.visitor({ colorScheme: 'dark' }), room, 'Ben')
  await say(ann, 'Shall we meet at one?')
  const row = (text: string) => messages(ben).locator('.message', { hasText: text })
  await row('Shall we meet').hover()
  const bar = ben.getByRole('toolbar')
  expect(await bar.getByRole('button', { name: 'Edit' }).count()).toBe(0)
  await bar.getByRole('button', { name: 'React with 👍' }).click()
  await shown(messages(ann).getByRole('button', { name: '👍, one person' }))
  await messages(ann).getByRole('button', { name: '👍, one person' }).click()
  await shown(messages(ben).getByRole('button', { name: '👍, 2 people' }))

  await bar.getByRole('button', { name: 'Reply' }).click()
  await shown(ben.getByText('Replying to Ann'))
  await composer(ben).fill('At two, rather')
  await ben.keyboard.press('Enter')
  const quote = messages(ann).getByRole('button', { name: 'In reply to Ann Shall we meet at one?' })
  await shown(quote)
  await picture(ann, 'answer-light')

  await composer(ben).press('ArrowUp')
  await shown(ben.getByText('Editing your message'))
  expect(await composer(ben).inputValue()).toBe('At two, rather')
  await composer(ben).fill('At half past one, rather')
  await ben.keyboard.press('Enter')
  await shown(messages(ann).getByText('At half past one, rather'))
  await shown(messages(ann).getByText('(edited)'))

  await row('At half past one').hover()
  await picture(ben, 'deeds-dark')
  await bar.getByRole('button', { name: 'Delete' }).click()
  await bar.getByRole('button', { name: 'Delete for everyone?' }).click()
  await shown(messages(ann).getByText('This message was deleted.'))
  await shown(messages(ben).getByText('This message was deleted.'))
})

it('[DE2] with the keyboard alone: from message to message, to what can be done, and back', async () => {
  const ann = await enter(await browser.visitor(), 'deeds-keys', 'Ann')
  for (const text of ['one', 'two', 'three']) await say(ann, text)
  await messages(ann).focus()
  await ann.keyboard.press('ArrowUp')
  await ann.keyboard.press('ArrowUp')
  expect(await ann.evaluate(() => document.activeElement?.textContent)).toContain('two')
  await ann.keyboard.press('Tab')
  expect(await ann.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('React with 👍')
  for (let n = 0; n < 3; n += 1) await ann.keyboard.press('Tab')
  expect(await ann.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Reply')
  await ann.keyboard.press('Enter')
  await shown(ann.getByText('Replying to Ann'))
  await composer(ann).fill('a draft')
  await ann.keyboard.press('Escape')
  expect(await ann.getByText('Replying to Ann').count()).toBe(0)
  expect(await composer(ann).inputValue()).toBe('a draft')
})

it('[DE3] with a finger: a tap shows what can be done', async () => {
  const ann = await enter(await browser.visitor({ device: 'phone' }), 'deeds-touch', 'Ann')
  await say(ann, 'A message to be tapped')
  await messages(ann).getByText('A message to be tapped').tap()
  const sheet = ann.getByRole('dialog', { name: 'This message' })
  await picture(ann, 'deeds-phone-light')
  await sheet.getByRole('button', { name: 'React with 🎉' }).tap()
  await shown(messages(ann).getByRole('button', { name: '🎉, one person' }))
  await messages(ann).getByText('A message to be tapped').tap()
  await sheet.getByRole('button', { name: 'Edit' }).tap()
  expect(await composer(ann).inputValue()).toBe('A message to be tapped')
  await picture(ann, 'editing-phone-light')
})

it('[DE4] the way to what was answered shows which it is', async () => {
  const ann = await enter(await browser.visitor(), 'deeds-far', 'Ann')
  await say(ann, 'the first of all')
  for (let n = 0; n < 25; n += 1) await say(ann, `in between ${n}`)
  await messages(ann).locator('.message', { hasText: 'the first of all' }).hover()
  await ann.getByRole('toolbar').getByRole('button', { name: 'Reply' }).click()
  await say(ann, 'the answer')
  await messages(ann).getByRole('button', { name: 'In reply to Ann the first of all' }).click()
  await expect
    .poll(() => ann.evaluate(() => document.activeElement?.textContent))
    .toContain('the first of all')
})
