import type { BrowserContext, Locator, Page } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'
import { roomEn } from '../../client/i18n/en/room.ts'
import type { Session } from '../../client/session/index.ts'
import { newPerson, until } from '../../tools/node-session.ts'
import { framesOf, holdLine } from '../../tools/page/page-sockets.ts'
import {
  comeBack,
  composer,
  enter,
  messages,
  messageTexts,
  say,
  sayForGood,
  shown,
} from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { meet } from './meet.ts'

const browser = useBrowser()

const MINUTE_MS = 60_000
/** A room refuses with a status, which the browser reports as an error too. */
const TURNED_AWAY = /status of 40[34]|WebSocket connection to/

/** The id of the first message's author, as `other` received it. */
const firstSpeaker = ({ view }: Session) =>
  view.timeline.flatMap((item) => (item.kind === 'message' ? [item.message.by] : []))[0]

/** A new room with an owner, and the owner's calls to its API. */
async function roomOf(cookie: string) {
  const url = inject('baseUrl')
  const ask = async (path: string, method: string, what?: unknown): Promise<Response> => {
    const headers = { cookie, 'Content-Type': 'application/json' }
    const answer = await fetch(`${url}/api/rooms${path}`, { method, headers, body: JSON.stringify(what) })
    expect(answer.ok).toBe(true)
    return answer
  }
  const { room } = (await (await ask('', 'POST')).json()) as { room: string }
  return {
    room,
    set: (what: unknown) => ask(`/${room}`, 'PATCH', what),
    moderate: (what: unknown) => ask(`/${room}/moderation`, 'POST', what),
  }
}

/** A room that Ann owns and has joined. */
async function annAtHome(context: BrowserContext): Promise<{ ann: Page; room: string }> {
  const { room } = (await (await context.request.post('/api/rooms')).json()) as { room: string }
  return { ann: await enter(context, room, 'Ann'), room }
}

/** Opens an item of the room's menu. */
async function ask(page: Page, what: string): Promise<Locator> {
  await page.getByRole('button', { name: 'About this room' }).click()
  await page.getByRole('dialog').getByRole('button', { name: what, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: what, exact: true })
  await shown(dialog)
  return dialog
}

/** Opens the actions about the author of a message. */
async function askAbout(page: Page, text: string, author: string, isPhone: boolean): Promise<Locator> {
  const row = messages(page).locator('.message', { hasText: text })
  if (isPhone) await row.getByText(text).tap()
  else await row.hover()
  const actions = isPhone ? page.getByRole('dialog') : page.getByRole('toolbar')
  await actions.getByRole('button', { name: `More about ${author}` }).click()
  const dialog = page.getByRole('dialog', { name: author })
  await shown(dialog)
  return dialog
}

describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
  const isPhone = device === 'phone'

  it('[HW1] after the owner locks a room newcomers find it locked, and members come back in', async () => {
    const { ann, room } = await annAtHome(await browser.visitor({ device }))
    const known = await browser.visitor({ device })
    await enter(known, room, 'Ben')
    const settings = await ask(ann, 'Settings')
    await settings.getByLabel('Locked').check()
    await settings.getByRole('button', { name: 'Save' }).click()
    await shown(ann.getByText('Saved.'))

    const cy = await (await browser.visitor({ device, expected: TURNED_AWAY })).newPage()
    await cy.goto(`/r/${room}`)
    await shown(cy.getByRole('heading', { name: 'The door is locked just now' }))
    // The page of a known room appears before the join is answered.
    await sayForGood(await comeBack(known, room), 'back again')
  })

  it('[HW2] the owner’s title names the room for all, and newcomers see the welcome once', async () => {
    const { ann, room } = await annAtHome(await browser.visitor({ device }))
    const settings = await ask(ann, 'Settings')
    await settings.getByLabel('Title').fill('Tea at four')
    await settings.getByLabel('Welcome').fill('Be **kind**.')
    await settings.getByLabel('Keep messages').selectOption('7 days')
    await shown(settings.getByText('Messages older than 7 days will be deleted'))
    await settings.getByRole('button', { name: 'Save' }).click()
    await shown(ann.getByRole('heading', { name: 'Tea at four', level: 1 }))
    await expect.poll(() => ann.title()).toBe('Tea at four · Hallway')
    await expect.poll(() => ann.getByRole('region', { name: 'Welcome message' }).count()).toBe(0)

    const context = await browser.visitor({ device })
    const ben = await context.newPage()
    await ben.goto(`/r/${room}`)
    await shown(ben.getByRole('heading', { name: 'Tea at four' }))
    await shown(ben.getByText('Messages are kept for 7 days.'))
    await ben.getByLabel('Your name').fill('Ben')
    await ben.keyboard.press('Enter')
    const welcome = ben.getByRole('region', { name: 'Welcome message' })
    await shown(welcome.getByText('kind'))
    await welcome.getByRole('button', { name: 'Dismiss' }).click()
    await ben.reload()
    await shown(composer(ben))
    await sayForGood(ben, 'thank you')
    await expect.poll(() => welcome.count()).toBe(0)
  })

  it('[HW3] slow mode counts down, holds a message sent too early, and a mute says until when it lasts', async () => {
    const mo = await newPerson(inject('baseUrl'))
    const { room, set, moderate } = await roomOf(mo)
    const owner = await meet(room, 'Mo', mo)
    await set({ slowMs: MINUTE_MS })
    const anns = await browser.visitor({ device })
    await anns.clock.install()
    const line = await holdLine(anns)
    const refusals = () => framesOf(line.received, 'error').length
    const ann = await enter(anns, room, 'Ann')
    await sayForGood(ann, 'one')
    await shown(ann.getByText(/^You can write again in \d+ s\.$/))
    await say(ann, 'two')
    await shown(ann.getByText(/^It will be sent in \d+ s: slow mode is on\.$/))
    await expect.poll(() => messageTexts(ann)).toEqual(['one', 'two (pending)'])
    await expect.poll(refusals).toBe(1)
    // The minute is over for the page, and soon for the room.
    await set({ slowMs: 1_000 })
    await anns.clock.fastForward(MINUTE_MS)
    await expect.poll(() => messageTexts(ann)).toEqual(['one', 'two'])

    await set({ slowMs: MINUTE_MS })
    await say(ann, 'three')
    await expect.poll(refusals).toBe(2)
    await moderate({ action: 'mute', by: firstSpeaker(owner), ms: 600_000 })
    await anns.clock.fastForward(MINUTE_MS)
    await shown(ann.getByText(/^Not sent\. You cannot write here until /))
    await expect.poll(() => messageTexts(ann)).toEqual(['one', 'two', 'three (failed)'])
    await shown(ann.getByRole('button', { name: 'Discard' }))
  })

  it('[HW4] a muted member is told before sending, and keeps the draft', async () => {
    const { room, moderate } = await roomOf(await newPerson(inject('baseUrl')))
    const page = await enter(await browser.visitor({ device }), room, 'Ann')
    await sayForGood(page, 'one')
    const eve = await meet(room, 'Eve')
    const by = firstSpeaker(eve)
    await moderate({ action: 'mute', by, ms: 600_000 })
    const below = page.locator('#composer-left', { hasText: /^You cannot write here until / })
    await shown(below)
    await composer(page).fill('a draft')
    await page.getByRole('button', { name: 'Send' }).click()
    expect([await composer(page).inputValue(), await messageTexts(page)]).toEqual(['a draft', ['one']])
    await moderate({ action: 'unmute', by })
    await below.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Send' }).click()
    await expect.poll(() => messageTexts(page)).toEqual(['one', 'a draft'])
  })

  it('[HW5] a banned member sees the reason, and can come in again after the ban is lifted', async () => {
    const { ann, room } = await annAtHome(await browser.visitor({ device }))
    const context = await browser.visitor({ device, expected: TURNED_AWAY })
    const ben = await enter(context, room, 'Ben')
    const people = await ask(ann, 'People and roles')
    await people.getByRole('button', { name: /^Ben\b/ }).click()
    await people.getByLabel('Reason').fill('shouting')
    await people.getByRole('group', { name: 'Ban' }).getByRole('button', { name: 'for good' }).click()
    await shown(people.getByText('Ben is banned.'))
    await shown(ben.getByRole('heading', { name: 'You have been asked to stay out' }))

    await people.getByRole('button', { name: 'Unban' }).click()
    await shown(people.getByText('Ben is no longer banned.'))
    await sayForGood(await comeBack(context, room), 'back again')
    await people.getByRole('button', { name: 'Close' }).click()
    const audit = await ask(ann, 'Moderation log')
    await shown(audit.getByText('Ann banned Ben for good: shouting'))
    await shown(audit.getByText('Ann unbanned Ben'))
  })

  it('[HW6] a removed member can come back', async () => {
    const { ann, room } = await annAtHome(await browser.visitor({ device }))
    const ben = await enter(await browser.visitor({ device, expected: TURNED_AWAY }), room, 'Ben')
    await sayForGood(ben, 'LOUD')
    const about = await askAbout(ann, 'LOUD', 'Ben', isPhone)
    await about.getByRole('button', { name: 'Remove from room' }).click()
    await shown(ben.getByRole('heading', { name: 'You have been asked to leave' }))
    await ben.getByRole('button', { name: 'Rejoin' }).click()
    await shown(messages(ben).getByText('LOUD'))
  })

  it('[HW7] an invitation link admits as many as it says, leaves no secret in the address, and then stops working', async () => {
    const { ann, room } = await annAtHome(await browser.visitor({ device }))
    const settings = await ask(ann, 'Settings')
    await settings.getByLabel('Who can join').selectOption('Only people with an invite link')
    await settings.getByRole('button', { name: 'Save' }).click()
    await shown(ann.getByText('Saved.'))
    const links = await ask(ann, 'Invite links')
    await links.getByRole('button', { name: 'Make a link' }).click()
    await shown(links.getByText('once more'))
    const url = (await links.locator('.moderation__url').textContent()) ?? ''
    expect(url).toMatch(/#k=[\w-]{43}$/)

    const shut = { name: 'There’s no open door here' }
    const cy = await (await browser.visitor({ device, expected: TURNED_AWAY })).newPage()
    await cy.goto(`/r/${room}`)
    await shown(cy.getByRole('heading', shut))
    // For the browser it is the same page.
    await cy.evaluate((to) => {
      location.href = to
    }, url)
    await cy.getByLabel('Your name').fill('Cy')
    expect(cy.url()).toBe(`${inject('baseUrl')}/r/${room}`)
    await cy.keyboard.press('Enter')
    await shown(composer(cy))

    const di = await (await browser.visitor({ device, expected: TURNED_AWAY })).newPage()
    // Where a room's name is asked for, its link leads there with its secret.
    await di.goto('/')
    await di.getByLabel('Room name').fill(`${url}.`)
    await di.keyboard.press('Enter')
    await shown(di.getByRole('heading', { name: 'This invite link no longer works' }))
    // A person who joined by the link keeps it.
    await cy.goto('/')
    await cy.goto(url)
    await shown(composer(cy))
  })

  it('[HW8] a report reaches the moderators with a link to the message, and the audit log keeps it', async () => {
    const { ann, room } = await annAtHome(await browser.visitor({ device }))
    const cy = await meet(room, 'Cy')
    await cy.send('buy my things')
    const ben = await enter(await browser.visitor({ device }), room, 'Ben')
    const about = await askAbout(ben, 'buy my things', 'Cy', isPhone)
    await expect.poll(() => about.getByRole('button', { name: 'Remove from room' }).count()).toBe(0)
    await about.getByRole('button', { name: 'Report this message' }).click()
    await about.getByLabel('Reason').fill('an advertisement')
    await about.getByRole('button', { name: 'Report', exact: true }).click()
    await shown(ben.getByText('Reported. Thank you.'))

    await shown(ann.getByText('Ben reported a message: an advertisement'))
    await ann.getByRole('button', { name: 'Show message' }).click()
    await expect
      .poll(() => ann.evaluate(() => document.activeElement?.textContent))
      .toContain('buy my things')
    await expect.poll(() => ann.getByText('Ben reported a message').count()).toBe(0)
    const audit = await ask(ann, 'Moderation log')
    await shown(audit.getByText('Ben reported a message by Cy: an advertisement'))
  })

  it('[HW20] many reports are one line that counts the messages and leads to the log', async () => {
    const { ann, room } = await annAtHome(await browser.visitor({ device }))
    const cookie = await newPerson(inject('baseUrl'))
    const ben = await meet(room, 'Ben', cookie)
    for (const text of ['one', 'two', 'three', 'four']) await ben.send(text)
    await shown(messages(ann).getByText('four'))
    const di = await newPerson(inject('baseUrl'))
    await meet(room, 'Di', di)
    for (const [n, reason] of ['spam', 'more', 'again', 'still'].entries()) {
      const headers = { cookie: di, 'Content-Type': 'application/json' }
      const body = JSON.stringify({ ref: n + 1, reason })
      const answer = await fetch(`${inject('baseUrl')}/api/rooms/${room}/reports`, {
        method: 'POST',
        headers,
        body,
      })
      expect(answer.ok).toBe(true)
    }
    await shown(ann.getByText('Di reported a message: spam · 3 more messages'))
    await expect.poll(() => ann.getByText(/reported a message/).count()).toBe(1)
    await ann.getByRole('button', { name: 'Show all' }).click()
    const audit = ann.getByRole('dialog', { name: 'Moderation log' })
    await shown(audit.getByText('Di reported a message by Ben: still'))
    await expect.poll(() => ann.getByText('3 more messages').count()).toBe(0)
  })

  it('[HW9] messages of a blocked person are folded away, and come back when unblocked', async () => {
    const room = `hw9-${device}`
    const ben = await meet(room, 'Ben')
    await ben.send('blah')
    const ann = await enter(await browser.visitor({ device }), room, 'Ann')
    const about = await askAbout(ann, 'blah', 'Ben', isPhone)
    await expect.poll(() => about.getByRole('button', { name: 'Report this message' }).count()).toBe(0)
    await about.getByRole('button', { name: 'Block Ben' }).click()
    await shown(ann.getByText('You have blocked Ben.'))
    await ben.send('more of it')
    await expect.poll(() => messages(ann).getByText('Message from someone you blocked').count()).toBe(2)
    await expect.poll(() => messages(ann).getByText('blah').count()).toBe(0)

    await messages(ann).getByRole('button', { name: 'Show' }).first().click()
    await shown(messages(ann).getByText('blah'))
    await messages(ann).getByRole('button', { name: 'Unblock Ben' }).click()
    await shown(messages(ann).getByText('more of it'))
  })

  it('[HW10] a room that forgets a member says so, and keeps nothing the member wrote', async () => {
    const room = `hw10-${device}`
    const ben = await meet(room, 'Ben')
    const ann = await enter(await browser.visitor({ device }), room, 'Ann')
    const cy = await enter(await browser.visitor({ device }), room, 'Cy')
    await sayForGood(ann, 'my address is 12 High Street')
    await composer(ann).fill('/topic With Ann')
    await ann.getByRole('button', { name: roomEn.composer.send }).click()
    await until(ben, ({ view }) => view.topic === 'With Ann')
    const shownToCy = () => cy.locator('body').innerText()
    await expect.poll(shownToCy).toContain('Ann')
    const forget = await ask(ann, 'Delete me from this room')
    await shown(forget.getByText('You cannot undo this.'))
    await forget.getByRole('button', { name: 'Delete me' }).click()
    await shown(ann.getByRole('heading', { name: 'This room has forgotten you' }))
    await until(ben, ({ view }) =>
      view.timeline.every((item) => item.kind === 'message' && item.message.deleted === true),
    )
    expect(JSON.stringify(await ann.evaluate(() => localStorage))).not.toContain(room)
    // Nothing is reloaded.
    await expect.poll(shownToCy).not.toContain('Ann')
    await until(ben, ({ view }) => !JSON.stringify(view).includes('Ann'))
  })

  it('[HW11] a room that started by its name says that nobody owns it', async () => {
    const ann = await enter(await browser.visitor({ device }), `hw11-${device}`, 'Ann')
    await ann.getByRole('button', { name: 'About this room' }).click()
    await shown(ann.getByRole('dialog').getByText('Nobody owns this room'))
    await expect
      .poll(() => ann.getByRole('dialog').getByRole('button', { name: 'Settings', exact: true }).count())
      .toBe(0)
  })

  it('[HW12] when the owner deletes a room everyone in it is told, and it no longer exists', async () => {
    const { ann, room } = await annAtHome(await browser.visitor({ device, expected: TURNED_AWAY }))
    const ben = await enter(await browser.visitor({ device, expected: TURNED_AWAY }), room, 'Ben')
    const erase = await ask(ann, 'Delete this room')
    await erase.getByRole('button', { name: 'Delete for good' }).click()
    for (const page of [ann, ben]) await shown(page.getByRole('heading', { name: 'This room is gone' }))
    await ben.reload()
    await shown(ben.getByRole('heading', { name: 'There’s no open door here' }))
  })
})
