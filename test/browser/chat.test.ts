import type { Page } from 'playwright-core'
import { expect, inject, it } from 'vitest'
import {
  composer,
  enter,
  messages,
  messageTexts,
  person,
  say,
  sayForGood,
  shown,
} from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'

const browser = useBrowser()

it('[B1] two people meet at a link, see each other type, talk, and find the messages after a reload', async () => {
  const room = 'kitchen'
  const ann = await enter(await browser.visitor(), room, 'Ann')
  await shown(ann.getByText('It’s quiet in here.'))
  const ben = await enter(
    await browser.visitor({ device: 'phone', colorScheme: 'dark', locale: 'en-GB' }),
    room,
    'Ben',
  )
  await shown(person(ann, 'Ben'))
  await ben.getByRole('button', { name: '2 people here' }).waitFor()

  await composer(ben).pressSequentially('Is there any cof')
  await shown(ann.getByText('Ben is typing'))
  await say(ben, 'Is there any coffee left?')
  await shown(messages(ann).getByText('Is there any coffee left?'))
  await ann.getByText('Ben is typing').waitFor({ state: 'hidden' })
  await say(ann, 'A whole pot, just made.\nBring your own cup.')
  await shown(messages(ben).getByText('A whole pot, just made.'))
  await say(ben, 'On my way. Shall I bring the notes from https://example.com/notes too?')
  await say(ann, 'Please do!')
  await shown(messages(ben).getByText('Please do!'))

  await ben.reload()
  await shown(messages(ben).getByText('Is there any coffee left?'))
  await shown(messages(ben).getByText('Please do!'))
  await expect.poll(() => ben.getByLabel('Your name').count()).toBe(0)
  await expect.poll(() => messages(ben).getByText('Please do!').count()).toBe(1)
})

it('[B2] a click on a person opens a room for two, the invitation leads there, and a third person stays out', async () => {
  const room = 'hall'
  const ann = await enter(await browser.visitor({ colorScheme: 'dark' }), room, 'Ann')
  const bens = await browser.visitor()
  const ben = await enter(bens, room, 'Ben')
  await person(ann, 'Ben').click()
  await ann.waitForURL(/\/r\/[a-z2-7]{26}$/)
  await shown(composer(ann))
  await say(ann, 'Just the two of us')

  const card = ben.getByRole('region', { name: 'Invitation from Ann' })
  await shown(card)
  const link = await card.getByRole('link', { name: 'Talk in private' }).getAttribute('href')
  expect(new URL(link ?? '', inject('baseUrl')).pathname).toBe(new URL(ann.url()).pathname)

  // This browser knows Ben's name, so the link is enough.
  const alone = await bens.newPage()
  await alone.goto(link ?? '')
  await shown(messages(alone).getByText('Just the two of us'))
  await say(alone, 'Nobody else here')
  await shown(messages(ann).getByText('Nobody else here'))

  const cleo = await (await browser.visitor({ expected: /404/ })).newPage()
  await cleo.goto(link ?? '')
  await shown(cleo.getByRole('heading', { name: 'There’s no open door here' }))
  const never = await (await browser.visitor({ expected: /404/ })).newPage()
  await never.goto(`/r/${'a'.repeat(26)}`)
  await shown(never.getByRole('heading', { name: 'There’s no open door here' }))
  const text = (page: Page) => page.locator('body').innerText()
  await expect.poll(() => text(cleo)).toBe(await text(never))
})

it('[B3] a name that is taken is asked for again, and the typed name stays in the field', async () => {
  const room = 'names'
  await enter(await browser.visitor(), room, 'Ann')
  const other = await (await browser.visitor({ device: 'phone' })).newPage()
  await other.goto(`/r/${room}`)
  await other.getByLabel('Your name').fill('ann')
  await other.keyboard.press('Enter')
  await shown(other.getByText('Someone here already has this name'))
  await expect.poll(() => other.getByLabel('Your name').inputValue()).toBe('ann')
  await other.getByLabel('Your name').fill('Anna')
  await other.keyboard.press('Enter')
  await shown(composer(other))
})

it('[B18] an invalid name is never sent, and a taken one comes with a free one, which one click takes', async () => {
  await enter(await browser.visitor(), 'free-names', 'Ann')
  const other = await (await browser.visitor()).newPage()
  await other.goto('/r/free-names')
  const field = other.getByLabel('Your name')
  await field.fill(' \u2800 ')
  await other.keyboard.press('Enter')
  await shown(other.getByText('A name needs 1 to 32 visible characters.'))
  await field.fill('Ann')
  await other.keyboard.press('Enter')
  await other.getByRole('button', { name: 'Join as Ann 2' }).click()
  await shown(composer(other))
  await shown(person(other, 'Ann'))
})

it('[B19] a visitor for whom the check of names does not load is told that the room did not', async () => {
  const context = await browser.visitor({ expected: /ERR_FAILED|dynamically imported module/ })
  await context.route('**/assets/username-*', (route) => route.abort())
  const page = await context.newPage()
  await page.goto('/r/lost-part')
  await page.getByLabel('Your name').fill('Ann')
  await page.keyboard.press('Enter')
  await shown(page.getByRole('heading', { name: 'The room could not be loaded' }))
})

it('[B4] a message written offline is shown as waiting, and sent once the network is back', async () => {
  const room = 'train'
  const ann = await enter(await browser.visitor(), room, 'Ann')
  const bens = await browser.visitor({ device: 'phone', expected: /ERR_INTERNET_DISCONNECTED/ })
  const ben = await enter(bens, room, 'Ben')
  await bens.setOffline(true)
  await shown(ben.getByText('You’re offline.'))
  await say(ben, 'first, from the tunnel')
  await say(ben, 'second, still in it')
  await expect.poll(() => messages(ann).getByText('from the tunnel').count()).toBe(0)
  await bens.setOffline(false)
  await shown(messages(ann).getByText('second, still in it'))
  const heard = await messages(ann).innerText()
  expect(heard.indexOf('first, from')).toBeLessThan(heard.indexOf('second, still'))
  expect(heard.split('from the tunnel')).toHaveLength(2)
})

it('[B16] an unsent message can be taken back, and nobody ever receives it', async () => {
  const room = 'taken-back'
  const ann = await enter(await browser.visitor(), room, 'Ann')
  const bens = await browser.visitor({ expected: /ERR_INTERNET_DISCONNECTED/ })
  const ben = await enter(bens, room, 'Ben')
  await bens.setOffline(true)
  await shown(ben.getByText('You’re offline.'))
  await say(ben, 'said in anger')
  await say(ben, 'said after a walk')
  const angry = messages(ben).locator('[data-state=pending]', { hasText: 'said in anger' })
  await shown(angry.getByText('Not sent yet.'))
  await angry.getByRole('button', { name: 'Do not send' }).click()
  await expect.poll(() => messageTexts(ben)).toEqual(['said after a walk (pending)'])
  await bens.setOffline(false)
  await shown(messages(ann).getByText('said after a walk'))
  await expect.poll(() => messageTexts(ann)).toEqual(['said after a walk'])
  await expect.poll(() => messageTexts(ben)).toEqual(['said after a walk'])
})

it('[B17] an edit and a deletion that are not sent yet can be taken back', async () => {
  const room = 'taken-back-changes'
  const ann = await enter(await browser.visitor(), room, 'Ann')
  const bens = await browser.visitor({ expected: /ERR_INTERNET_DISCONNECTED/ })
  const ben = await enter(bens, room, 'Ben')
  await sayForGood(ben, 'as it is')
  await bens.setOffline(true)
  await shown(ben.getByText('You’re offline.'))
  const row = messages(ben).locator('[data-seq]')

  await composer(ben).press('ArrowUp')
  await composer(ben).fill('as it should be')
  await ben.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => messageTexts(ben)).toEqual(['as it should be'])
  await shown(row.getByText('Not sent yet.'))
  await row.getByRole('button', { name: 'Discard' }).click()
  await expect.poll(() => messageTexts(ben)).toEqual(['as it is'])

  await row.hover()
  await ben.getByRole('button', { name: 'Delete' }).click()
  await ben.getByRole('button', { name: 'Delete for everyone?' }).click()
  await shown(row.getByText('This message was deleted.'))
  await shown(row.getByText('Not sent yet.'))
  await row.getByRole('button', { name: 'Keep the message' }).click()
  await expect.poll(() => messageTexts(ben)).toEqual(['as it is'])

  await bens.setOffline(false)
  await sayForGood(ben, 'after the tunnel')
  await shown(messages(ann).getByText('after the tunnel'))
  await expect.poll(() => messageTexts(ann)).toEqual(['as it is', 'after the tunnel'])
})

it('[B60] the front page says where only the operator opens rooms', async () => {
  const page = await (await browser.visitor({ expected: /403/ })).newPage()
  await page.route('**/api/rooms', (route) =>
    route.fulfill({ status: 403, contentType: 'application/problem+json', body: '{"code":"forbidden"}' }),
  )
  await page.goto('/')
  await page.getByRole('button', { name: 'Start a room' }).click()
  await shown(page.getByText('On this Hallway, only its operator opens rooms.'))
})

it('[B5] the front page starts a room, and lists it afterwards', async () => {
  const page = await (await browser.visitor()).newPage()
  await page.goto('/')
  await page.getByRole('button', { name: 'Start a room' }).click()
  await page.waitForURL(/\/r\/[a-z2-7]{26}$/)
  const { pathname } = new URL(page.url())
  await page.getByLabel('Your name').fill('Ann')
  await page.keyboard.press('Enter')
  await shown(composer(page))
  await page.goto('/')
  await shown(page.locator(`a[href="${pathname}"]`))
})
