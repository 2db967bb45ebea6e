import { until } from '../../node-session.ts'
import { messages, say, shown } from '../../page/room-page.ts'
import { timeAt } from '../calendar.ts'
import type { PageState } from '../page-state.ts'
import { talk } from '../rooms/garden-party.ts'
import { KNOWN_ELSEWHERE, NEWS } from '../rooms/other-rooms.ts'

const WIDE = 'Ｗ'.repeat(32)
const CODE_LINES = Array.from({ length: 300 }, (_, line) => `step(${line})`)
const LONG = 'The path goes down to the river, over the small bridge, and up again on the other side. '

/** In a room, with nothing wrong. */
export const insideStates: PageState[] = [
  {
    name: 'loading',
    title: 'The room opens, and its history has not arrived yet',
    async show(studio) {
      const { context, line } = await studio.visitor({ room: 'slow-room', name: 'Ann' })
      line.toPage = () => undefined
      const page = await context.newPage()
      await page.goto('/r/slow-room')
      await shown(page.getByText(studio.t.door.room.loading))
      return page
    },
  },
  {
    name: 'empty',
    title: 'A room without messages',
    show: async (studio) => (await studio.visit('kitchen', 'Ann')).page,
  },
  {
    name: 'first-message',
    title: 'The first message',
    async show(studio) {
      await studio.cast.prepare('reading-room', async () => {
        await studio.cast.say('reading-room', 'Ann', 'Is anybody here?')
      })
      return (await studio.visit('reading-room', 'Ann')).page
    },
  },
  {
    name: 'conversation',
    title: 'A conversation',
    async show(studio) {
      await talk(studio.cast)
      const knows = [{ room: 'garden-party', username: 'Ann' }, ...KNOWN_ELSEWHERE.slice(0, 3)]
      const { page } = await studio.visit('garden-party', 'Ann', { knows, keeps: { news: NEWS.everyDay } })
      await shown(messages(page, studio.t.room).getByText('I have a big one'))
      await shown(messages(page, studio.t.room).locator('.token-keyword'))
      return page
    },
  },
  {
    name: 'typing',
    title: 'Several people are typing',
    async show(studio) {
      await talk(studio.cast)
      const others = await Promise.all(
        ['Ben', 'Cleo', 'Dmitri', 'Esra'].map((name) => studio.cast.meet('garden-party', name)),
      )
      const { page } = await studio.visit('garden-party', 'Ann')
      studio.goOn(3_100, () => {
        for (const other of others) other.typing()
      })
      await shown(page.locator('.status-line__typing'))
      return page
    },
  },
  {
    name: 'above',
    title: 'Reading older messages while a new one arrives',
    async show(studio) {
      const { cast } = studio
      await cast.prepare('long-story', async () => {
        for (let part = 1; part <= 40; part += 1) {
          await cast.say('long-story', part % 3 === 0 ? 'Ben' : 'Ann', `${part}: ${LONG.trim()}`)
        }
      })
      const { page } = await studio.visit('long-story', 'Ann')
      await messages(page, studio.t.room).evaluate((scroller) => {
        scroller.scrollTop = -900
      })
      await shown(page.getByRole('button', { name: studio.t.room.timeline.toPresent }))
      await cast.say('long-story', 'Ben', 'And that was how it came about.')
      await shown(page.locator('.to-present--unread'))
      return page
    },
  },
  {
    name: 'presence-events',
    title: 'Joins and leaves between messages',
    async show(studio) {
      const { cast, device, t } = studio
      // People join only once, so each kind of device has its own room.
      const room = device === 'touch' ? 'terrace' : 'terrace-2'
      await cast.say(room, 'Ben', 'The kettle is on, who is here?', { time: timeAt('09:10') })
      const { page } = await studio.visit(room, 'Ann')
      const cleo = await cast.meet(room, 'Cleo')
      await cast.say(room, 'Dmitri', 'Me! And I brought the **plum cake**.')
      const fay = await cast.meet(room, 'Fay')
      for (const name of ['Esra', 'Gus', 'Hal', WIDE]) await cast.meet(room, name)
      fay.rename('Fay of the garden gate')
      cleo.close()
      const cleoLeft = t.room.timeline.presence({ joined: [], left: ['Cleo'], visited: [], renamed: [] })
      await shown(messages(page, t.room).getByText(cleoLeft))
      return page
    },
  },
  {
    name: 'news-elsewhere',
    title: 'Very much news in other rooms',
    async show(studio) {
      const { context, line } = await studio.visitor({ room: 'reading-room', name: 'Ann' })
      // Stored news of the other rooms stays until they send newer news.
      line.toServer = (text) => (text.includes('"watch":true') ? undefined : text)
      await context.addInitScript(() => {
        const unread = { count: 120, more: true, called: true, upTo: 500 }
        const few = { count: 7, more: false, called: false, upTo: 9 }
        const news = { 'book-club': { unread, waiting: [] }, 'allotment-12': { unread: few, waiting: [] } }
        localStorage.setItem('hallway:news', JSON.stringify(news))
      })
      const page = await context.newPage()
      await page.goto('/r/reading-room')
      await shown(page.locator('.badge', { hasText: '99+' }).and(page.locator(':visible')))
      await page.getByText(studio.t.door.room.loading).waitFor({ state: 'detached' })
      return page
    },
  },
  {
    name: 'names',
    title: 'Long names, names and text from right to left, and a topic that is too long',
    async show(studio) {
      const room = 'names-of-all-kinds-that-are-rather-long-and-do-not-fit-anywhere'
      const { cast } = studio
      await cast.prepare(room, async () => {
        const ann = await cast.meet(room, 'Ann')
        await ann.setTopic(LONG.repeat(2).trim())
        await cast.say(room, WIDE, 'My name has thirty-two wide letters.')
        await cast.say(room, 'محمد بن إبراهيم', 'السلام عليكم! هل الجميع هنا؟ انظروا https://example.com/ar')
        await cast.say(room, 'שרה לוי', 'שלום! אני **כאן**, עם `code` באמצע.\n- אחת\n- שתיים')
        const wide = await cast.say(room, WIDE, 'W'.repeat(200))
        await cast.say(room, 'Ann', 'Hello, and שלום to שרה', { replyTo: wide })
        await cast.say(room, '山田太郎', 'こんにちは、みなさん。今日はいい天気ですね。')
        await cast.say(room, '🦊 fox', '🎉🎉🎉')
      })
      return (await studio.visit(room, 'Ann')).page
    },
  },
  {
    name: 'crowd',
    title: 'More than two hundred people',
    async show(studio) {
      const { cast } = studio
      await cast.prepare('town-square', async () => {
        const names = Array.from({ length: 210 }, (_, index) => `${FIRST[index % FIRST.length]} ${index + 1}`)
        await cast.crowd('town-square', names)
        for (const [index, body] of SAID.entries())
          await cast.say('town-square', `Speaker ${index % 3}`, body, { time: timeAt(`09:${10 + index}`) })
      })
      const { page } = await studio.visit('town-square', 'Ann')
      // Three people who speak, and Ann, are here too.
      await shown(
        page
          .getByText(studio.t.room.people.more(14))
          .or(page.getByText(studio.t.room.people.show(214)))
          .and(page.locator(':visible')),
      )
      return page
    },
  },
  {
    name: 'long-message',
    title: 'A message of 4,000 characters',
    async show(studio) {
      await studio.cast.prepare('letters', async () => {
        await studio.cast.say('letters', 'Ben', LONG.repeat(50).slice(0, 4_000).trim())
      })
      return (await studio.visit('letters', 'Ann')).page
    },
  },
  {
    name: 'code',
    title: 'A code block of 300 lines, and one with a very long line',
    async show(studio) {
      await studio.cast.prepare('workshop', async () => {
        const { say } = studio.cast
        await say('workshop', 'Ben', `\`\`\`js\nconst line = '${LONG}${LONG}'\n\`\`\``)
        await say('workshop', 'Ben', `It is this long:\n\`\`\`js\n${CODE_LINES.join('\n')}\n\`\`\``)
      })
      return (await studio.visit('workshop', 'Ann')).page
    },
  },
  {
    name: 'invitation',
    title: 'An invitation to a private room',
    async show(studio) {
      const { cast } = studio
      await cast.prepare('courtyard', async () => {
        await cast.say('courtyard', 'Ann', 'Ben, do you have a minute for the present?')
        await cast.say('courtyard', 'Ben', 'Always.')
        const ann = await cast.meet('courtyard', 'Ann')
        ann.invite('Ben')
        await until(ann, ({ view }) => view.invitations.length > 0)
      })
      const knows = ['courtyard', 'book-club', 'allotment-12'].map((room) => ({ room, username: 'Ben' }))
      const { page } = await studio.visit('courtyard', 'Ben', { knows })
      await shown(page.getByRole('region', { name: studio.t.room.invite.card('Ann') }))
      return page
    },
  },
  {
    name: 'private',
    title: 'A private room',
    async show(studio) {
      const { page } = await studio.visit('courtyard-2', 'Cleo')
      await studio.cast.meet('courtyard-2', 'Ben')
      if (studio.device === 'touch')
        await page.getByRole('button', { name: studio.t.room.people.show(2) }).click()
      await page
        .getByRole('button', { name: studio.t.room.people.talkPrivately('Ben') })
        .and(page.locator(':visible'))
        .click()
      await page.waitForURL(/\/r\/[a-z2-7]{26}$/)
      await say(page, 'Just the two of us: what do we give her?', studio.t.room)
      return page
    },
  },
]

const FIRST = ['Ada', 'Bela', 'Cyn', 'Dov', 'Eli', 'Fay', 'Gus', 'Hal', 'Ida', 'Jo']
const SAID = [
  'Good morning, square!',
  'Is this where the market is?',
  'It is, behind the fountain.',
  'Thanks!',
]
