import type { Page } from 'playwright-core'
import { messages, shown } from '../../page/room-page.ts'
import { timeAt } from '../calendar.ts'
import type { PageState } from '../page-state.ts'
import { talk } from '../rooms/garden-party.ts'
import { PROGRAMS } from '../rooms/programs.ts'
import type { Studio } from '../studio.ts'

const REPORTS = [
  'The tide is out until noon.',
  'Two boats came in during the night, both with a full hold.',
  'The crane is mended.',
  'The early ferry leaves from the other pier today, because of the swell.',
  'Fog until nine, they say.',
]

/** A room with unread messages for Ann. Her read marker moves as she reads, so each kind of device has its own room. */
async function unreadRoom({ cast, device }: Studio, name: string, count: number) {
  const room = device === 'touch' ? name : `${name}-2`
  await cast.prepare(room, async () => {
    await cast.say(room, 'Ann', 'I am off, tell me what happens.', { time: timeAt('17:40', 1) })
    for (let n = 0; n < count; n += 1) {
      const time = timeAt(`0${8 + Math.floor(n / 30)}:${(n * 2) % 60}`)
      await cast.say(room, n % 4 < 2 ? 'Ben' : 'Cleo', REPORTS[n % REPORTS.length] ?? '', { time })
    }
  })
  return { room, keeps: { read: { [room]: 1 } } }
}

async function shownMarked(page: Page, { t }: Studio): Promise<void> {
  await messages(page, t.room)
    .locator('[aria-current]')
    .evaluate((row) => row.scrollIntoView({ block: 'center' }))
}

/** Catching up with unread messages, and reading long ones. */
export const readingStates: PageState[] = [
  {
    name: 'unread-above',
    title: 'Many unread messages, above the visible part',
    async show(studio) {
      const { room, keeps } = await unreadRoom(studio, 'harbour', 36)
      const { page } = await studio.visit(room, 'Ann', { keeps })
      await shown(page.getByRole('button', { name: studio.t.room.timeline.unreadAbove(36, false) }))
      return page
    },
  },
  {
    name: 'unread-line',
    title: 'The line above the first unread message',
    async show(studio) {
      const { room, keeps } = await unreadRoom(studio, 'pier', 4)
      const { page } = await studio.visit(room, 'Ann', { keeps })
      await shown(page.getByRole('heading', { name: studio.t.room.timeline.unread, exact: true }))
      return page
    },
  },
  {
    name: 'permalink',
    title: 'A linked message, and the way to the newest one',
    async show(studio) {
      const { cast } = studio
      await cast.prepare('lighthouse', async () => {
        for (let n = 0; n < 45; n += 1) {
          const name = n % 5 < 3 ? 'Ben' : 'Cleo'
          await cast.say('lighthouse', name, REPORTS[n % REPORTS.length] ?? '', {
            time: timeAt(`${6 + Math.floor(n / 15)}:${(n * 4) % 60}`),
          })
        }
      })
      const { page } = await studio.visit('lighthouse', 'Ann', { at: '#m=14' })
      await shown(page.getByRole('button', { name: studio.t.room.timeline.toPresent }))
      return page
    },
    resized: shownMarked,
  },
  {
    name: 'mention',
    title: 'Mentions of the visitor and of others',
    async show(studio) {
      const { cast } = studio
      await cast.prepare('tool-shed', async () => {
        const say = (name: string, time: string, body: string) =>
          cast.say('tool-shed', name, body, { time: timeAt(time) })
        await say('Ben', '09:41', 'Who has the key to the shed?')
        await say('Cleo', '09:42', '@Ben I gave it to @Dmitri on Sunday.')
        await say('Dmitri', '09:50', 'And I hung it up in the kitchen. @Ann, is it still there?')
        await say('Dmitri', '09:51', 'By the window, on the blue ribbon.')
        await say('Ann', '09:58', '@Dmitri it is. I bring it along.')
        await say('Ben', '10:03', 'Thank you, @Ann!')
      })
      const { page } = await studio.visit('tool-shed', 'Ann')
      await shown(messages(page, studio.t.room).locator('.mention--self'))
      return page
    },
  },
  {
    name: 'code-colours',
    title: 'Highlighted code, with a long block folded',
    async show(studio) {
      const { cast } = studio
      await cast.prepare('workbench', async () => {
        for (const [index, body] of PROGRAMS.entries())
          await cast.say('workbench', index === 1 ? 'Cleo' : 'Ben', body, {
            time: timeAt(`09:${10 + 7 * index}`),
          })
      })
      const { page } = await studio.visit('workbench', 'Ann')
      await shown(messages(page, studio.t.room).locator('.token-keyword'))
      return page
    },
  },
  {
    name: 'long-folded',
    title: 'A long message, folded, and one that is unfolded',
    async show(studio) {
      const { cast } = studio
      await cast.prepare('pantry', async () => {
        await cast.say('pantry', 'Ben', 'What do we still need?', { time: timeAt('09:10') })
        await cast.say('pantry', 'Cleo', list(60), { time: timeAt('09:12') })
        await cast.say('pantry', 'Ben', 'That is a lot of jam. I have as many lids:', {
          time: timeAt('09:20'),
        })
        await cast.say('pantry', 'Ben', list(45), { time: timeAt('09:21') })
      })
      const { page } = await studio.visit('pantry', 'Ann')
      await page.getByRole('button', { name: studio.t.room.code.showAll(45) }).click()
      await shown(page.getByRole('button', { name: studio.t.room.code.showLess }))
      return page
    },
  },
  {
    name: 'printed',
    title: 'A room on paper',
    async show(studio) {
      await talk(studio.cast)
      const { page } = await studio.visit('garden-party', 'Ann')
      await page.emulateMedia({ media: 'print' })
      return page
    },
  },
]

const list = (count: number) => Array.from({ length: count }, (_, n) => `${n + 1} jars of jam`).join('\n')
