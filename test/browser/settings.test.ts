import { expect, inject, it } from 'vitest'
import { enter, messages, person, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'

const browser = useBrowser()

const PRIVATE_ROOM = /\/r\/[a-z2-7]{26}$/

it('[SE1] colours and the usual name are set with the keyboard and kept', async () => {
  const page = await (await browser.visitor()).newPage()
  await page.goto('/')
  await page.getByRole('button', { name: 'Settings' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Your usual name').fill('Ann Lee')
  await page.keyboard.press('Enter')
  await shown(page.getByText('Saved.'))
  await page.getByLabel('Colours').focus()
  await page.keyboard.press('End')
  await shown(page.locator('html[data-theme=dark]'))
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.goto('/r/usual-name')
  await shown(page.locator('html[data-theme=dark]'))
  await shown(page.getByText('Ann Lee').and(page.locator(':visible')))
})

it('[SE2] deleting everything removes a person from their rooms and from their browser', async () => {
  const context = await browser.visitor()
  const ann = await enter(context, 'all-gone', 'Ann')
  await sayForGood(ann, 'to be erased')
  const ben = await enter(await browser.visitor(), 'all-gone', 'Ben')
  await shown(messages(ben).getByText('to be erased'))
  const front = await context.newPage()
  await ann.close()
  await front.goto('/')
  await front.getByRole('button', { name: 'Settings' }).click()
  await front.getByRole('button', { name: 'Delete my data' }).click()
  await expect.poll(() => messages(ben).getByText('to be erased').count()).toBe(1)
  await front.getByRole('button', { name: 'Delete everything' }).click()
  await front.getByRole('dialog').waitFor({ state: 'detached' })
  await shown(front.getByRole('link', { name: 'main' }))
  await messages(ben).getByText('to be erased').waitFor({ state: 'detached' })
  expect(
    await front.evaluate(() =>
      Object.keys(localStorage).filter((key) => !/^hallway:(?:forgotten|identity)$/.test(key)),
    ),
  ).toEqual([])
  expect((await context.cookies()).filter(({ name }) => name === 'hallway')).toEqual([])
})

it('[SE3] a room that cannot be reached is named, and the person stays signed in', async () => {
  const context = await browser.visitor({ expected: /ERR_FAILED/ })
  const ann = await enter(context, 'not-asked', 'Ann')
  await ann.goto('/')
  await ann.route('**/api/rooms/not-asked/me', (route) => route.abort())
  await ann.getByRole('button', { name: 'Settings' }).click()
  await ann.getByRole('button', { name: 'Delete my data' }).click()
  await ann.getByRole('button', { name: 'Delete everything' }).click()
  await shown(ann.getByRole('alert').getByText(/^not-asked: /))
  expect(ann.url()).toBe(`${inject('baseUrl')}/`)
  await expect.poll(() => ann.evaluate(() => localStorage.getItem('hallway:rooms'))).toContain('not-asked')
})

it('[SE4] the settings open from a room, and list the people blocked there', async () => {
  const ann = await enter(await browser.visitor(), 'blocking', 'Ann')
  const ben = await enter(await browser.visitor(), 'blocking', 'Ben')
  await sayForGood(ben, 'bother')
  await ann.getByRole('button', { name: 'About this room' }).click()
  await ann.getByRole('button', { name: 'Your settings' }).click()
  await shown(ann.getByText('You have not blocked anyone here.'))
  await ann.getByRole('button', { name: 'Close' }).click()
  await ann.getByRole('dialog').waitFor({ state: 'detached' })
})

it.each(['desktop', 'phone'] as const)(
  '[SE5] a person refuses strangers on a %s: their invitations end with clear words, and those of people they have met arrive',
  async (device) => {
    const room = `no-strangers-${device}`
    const ann = await enter(await browser.visitor({ device }), room, 'Ann')
    const cleo = await enter(await browser.visitor(), room, 'Cleo')
    await person(cleo, 'Ann').click()
    await cleo.waitForURL(PRIVATE_ROOM)
    await ann.locator('.invitation').getByRole('link').click()
    await ann.waitForURL(PRIVATE_ROOM)
    // She is in once her message is there.
    await sayForGood(ann, 'met')

    await ann.goto(`/r/${room}`)
    await ann.getByRole('button', { name: 'About this room' }).click()
    await ann.getByRole('button', { name: 'Your settings' }).click()
    const refuses = ann.getByLabel('Refuse invitations from strangers in this room')
    await refuses.check()
    // The room has stored it once it is told after a reload.
    await expect.poll(() => refuses.isEnabled()).toBe(true)
    await ann.reload()
    await ann.getByRole('button', { name: 'About this room' }).click()
    await ann.getByRole('button', { name: 'Your settings' }).click()
    await expect.poll(() => refuses.isChecked()).toBe(true)
    await ann.getByRole('button', { name: 'Close' }).click()

    const ben = await enter(await browser.visitor(), room, 'Ben')
    await person(ben, 'Ann').click()
    await shown(ben.getByText('They take no invitations from people they have not met in private.'))
    expect(new URL(ben.url()).pathname).toBe(`/r/${room}`)
    expect(await ann.getByText('Ben invites you').count()).toBe(0)

    await cleo.goto(`/r/${room}`)
    await person(cleo, 'Ann').click()
    await cleo.waitForURL(PRIVATE_ROOM)
  },
)
