import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { roomEn } from '../../client/i18n/en/room.ts'
import type { Session } from '../../client/session/index.ts'
import { holdLine, type Line } from '../../tools/page/page-sockets.ts'
import { enter, messages, person, say, sayForGood, shown } from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'
import { heard, listen } from './live-regions.ts'
import { meet } from './meet.ts'
import { stopTime } from './waiting.ts'

const browser = useBrowser()

/** Messages within this time are announced together: client/room/live-announcer.ts. */
const GATHERED_MS = 1_200
/** Long enough for every delayed announcement. */
const LONG_MS = 10_000
/** How long a connection is lost before this is announced: client/room/connection-line.ts. */
const PATIENCE_MS = 5_000

/** Ann joins a room with a message, and then her clock stops unless the test advances it. */
async function comeIn(room: string, before?: (ann: Page) => Promise<void>) {
  const ben = await meet(room, 'Ben')
  for (const body of ['An old word', 'Another one']) await ben.send(body)
  const context = await browser.visitor({ permissions: ['clipboard-read', 'clipboard-write'] })
  const line = await holdLine(context)
  await listen(context)
  await context.clock.install()
  const ann = await enter(context, room, 'Ann')
  await shown(messages(ann).getByText('Another one'))
  await before?.(ann)
  await stopTime(ann)
  const pass = (ms: number) => passing(ann, line, ms)
  await pass(LONG_MS)
  return { ann, ben, line, pass }
}

/** Advances a page's clock, while every request to the server gets its answer. */
async function passing(page: Page, line: Line, ms: number): Promise<void> {
  const count = (texts: readonly string[], is: RegExp) => texts.filter((text) => is.test(text)).length
  await expect.poll(() => count(line.sent, /^ping/) - count(line.received, /^pong/)).toBe(0)
  await page.clock.runFor(ms)
}

/** Sends a message, and waits until the page shows it. */
async function speak(by: Session, page: Page, body: string): Promise<void> {
  await by.send(body)
  await shown(messages(page).getByText(body))
}

it('[LR1] a screen reader hears new messages of others once and together, but not history, its owner’s messages or joins', async () => {
  const { ann, ben, pass } = await comeIn('heard-words')
  expect(await heard(ann)).toEqual([])

  await speak(ben, ann, 'The first')
  await speak(ben, ann, 'The second')
  await pass(GATHERED_MS - 1)
  expect(await heard(ann)).toEqual([])
  await pass(1)
  expect(await heard(ann)).toEqual(['polite: Ben: The first Ben: The second'])

  for (const body of ['One of many', 'Two of many', 'Three of many', 'Four of many'])
    await speak(ben, ann, body)
  await pass(GATHERED_MS)
  expect(await heard(ann)).toEqual(['polite: 4 new messages from Ben'])

  await sayForGood(ann, 'My own')
  const cem = await meet('heard-words', 'Cem')
  await shown(person(ann, 'Cem'))
  cem.close()
  await person(ann, 'Cem').waitFor({ state: 'detached' })
  await pass(LONG_MS)
  expect(await heard(ann)).toEqual([])
})

it('[LR2] a screen reader hears after a while that the connection is lost, and then that it is back', async () => {
  const { ann, line } = await comeIn('heard-line')
  await heard(ann)
  line.cut()
  // The page notices the lost connection when it sends.
  await say(ann, 'While it is away')
  await shown(messages(ann).locator('[data-state=pending]'))
  await ann.clock.runFor(PATIENCE_MS)
  expect(await heard(ann)).toEqual(['polite: Reconnecting. Your messages will be sent then.'])
  line.mend()
  // Advances until the page reconnects, then stops: an attempt would time out.
  const { opened } = line
  const tries = async () => {
    if (line.opened === opened) await ann.clock.runFor(1_000)
    return line.opened
  }
  await expect.poll(tries, { interval: 500 }).toBeGreaterThan(opened)
  await shown(messages(ann).locator('[data-state=message]', { hasText: 'While it is away' }))
  expect((await heard(ann)).filter((words) => !words.includes('Catching up'))).toEqual([
    'polite: Connected again.',
  ])
})

it('[LR3] a screen reader hears at once that a message was not sent, and that a link was copied', async () => {
  const { ann, line } = await comeIn('heard-failed')
  line.toServer = (text) => text.replace(/"epoch":"[^"]*"/, '"epoch":"an earlier one"')
  await say(ann, 'Is this sent?')
  await shown(ann.getByText('Not sent.'))
  const [words, ...more] = await heard(ann)
  expect(words).toContain(`assertive: Not sent. ${roomEn.problems.stale}`)
  expect(more).toEqual([])
  await ann.getByRole('button', { name: 'Copy link' }).click()
  await expect.poll(() => heard(ann)).toEqual(['polite: Link copied'])
})

it('[LR4] a screen-reader user who turns new messages off still hears the rest', async () => {
  const { ann, ben, pass } = await comeIn('heard-muted', async (page) => {
    await page.getByRole('button', { name: 'About this room' }).click()
    await page.getByRole('button', { name: 'Notifications' }).click()
    const choice = page.getByRole('checkbox', { name: 'Let screen readers announce new messages' })
    await choice.uncheck()
    await page.keyboard.press('Escape')
    await choice.waitFor({ state: 'detached' })
  })
  expect(await heard(ann)).toEqual([])
  await speak(ben, ann, 'Not to be heard')
  await pass(LONG_MS)
  expect(await heard(ann)).toEqual([])
  await ann.getByRole('button', { name: 'Copy link' }).click()
  await expect.poll(() => heard(ann)).toEqual(['polite: Link copied'])
})
