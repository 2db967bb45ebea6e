import type { Locator, Page } from 'playwright-core'
import type { Session } from '../../../client/session/index.ts'
import { composer, messages, shown } from '../../page/room-page.ts'
import { NOW, timeAt } from '../calendar.ts'
import type { PageState } from '../page-state.ts'
import { beginning } from '../speaks.ts'
import type { Studio } from '../studio.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** The fields with the server's own time: in HTTP responses, and in frames that are not redated yet. */
const DATES = /"(time|seen|madeAt|expires|mutedUntil|bannedUntil)":(\d{12,15})/g
const ENDS = /"(mutedUntil)":(\d{12,15})/g

/** Moves times from the server's clock to the page's. */
function shifted(text: string, dates = DATES): string {
  const by = NOW - Date.now()
  return text.replace(dates, (_, name, time) => `"${name}":${Number(time) + by}`)
}

/** A room that Ann owns, with some moderation behind it. */
async function bakery({ cast }: Studio): Promise<string> {
  const room = await cast.own('bakery', 'Ann')
  await cast.prepare(room, async () => {
    const ask = (path: string, method: string, what?: unknown) => cast.ask(room, 'Ann', path, method, what)
    await ask('', 'PATCH', { title: 'The bakery at the corner', welcome: WELCOME })
    for (const name of ['Ben', 'Cleo', 'Dmitri', 'Esra']) await cast.meet(room, name)
    await cast.say(room, 'Ann', 'The oven is on. What do we bake today?', { time: timeAt('09:02') })
    await cast.say(room, 'Cleo', 'Rye, please, and the small ones with seeds.', { time: timeAt('09:05') })
    await cast.say(room, 'Ben', 'BUY FLOUR AT MY SHOP, BEST PRICES', { time: timeAt('09:06') })
    await cast.say(room, 'Ben', 'FLOUR FLOUR FLOUR', { time: timeAt('09:06') })
    await cast.say(room, 'Esra', 'Ben, we have read it.', { time: timeAt('09:08') })
    const ann = await cast.meet(room, 'Ann')
    const by = (name: string) => personBy(ann, name)
    await ask('/moderation', 'POST', { action: 'setRole', by: by('Cleo'), role: 'moderator' })
    await cast.ask(room, 'Esra', '/reports', 'POST', { ref: 3, reason: 'an advertisement' })
    await ask('/moderation', 'POST', {
      action: 'mute',
      by: by('Ben'),
      ms: 60 * MINUTE,
      reason: 'advertising',
    })
    await ask('/links', 'POST', { role: 'reader', uses: 10 })
    await ask('/links', 'POST', { role: 'moderator', uses: 1, expiresInMs: DAY })
    await ask('', 'PATCH', { slowMs: 30_000 })
  })
  return room
}

/** The id of a person by their name, from the timeline of a session. */
function personBy({ view }: Session, name: string): string | undefined {
  return view.timeline.flatMap((item) =>
    item.kind === 'message' && item.message.username === name ? [item.message.by] : [],
  )[0]
}

const WELCOME =
  'Welcome to the bakery! We bake on **Thursdays** and share what is left.\n- be kind\n- no advertising\n- recipes go to /r/recipes'

async function visit(studio: Studio, name: string): Promise<Page> {
  const room = await bakery(studio)
  const { context, line } = await studio.visitor({ room, name })
  const toPage = line.toPage
  line.toPage = (text) => shifted(toPage(text) ?? '', ENDS)
  await context.route(/\/api\/rooms\/\w+\/(people|audit|links)/, async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: shifted(await answer.text()) })
  })
  const page = await context.newPage()
  await page.goto(`/r/${room}`)
  await shown(composer(page, studio.t.room))
  await shown(page.locator('.message'))
  return page
}

async function menu({ t }: Studio, page: Page): Promise<Locator> {
  await page.getByRole('button', { name: t.room.moderation.aboutRoom }).click()
  await shown(page.getByRole('dialog'))
  return page.getByRole('dialog')
}

async function open(studio: Studio, name: string, what: string): Promise<{ page: Page; dialog: Locator }> {
  const page = await visit(studio, name)
  await (await menu(studio, page)).getByRole('button', { name: what, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: what, exact: true })
  await shown(dialog)
  return { page, dialog }
}

/** Moderation and room settings. */
export const moderationStates: PageState[] = [
  {
    name: 'moderation-join',
    title: 'Join card of a room with a title',
    async show(studio) {
      const page = await studio.open(`/r/${await bakery(studio)}`)
      await shown(page.getByText('The bakery'))
      return page
    },
  },
  {
    name: 'moderation-welcome',
    title: 'The welcome message',
    async show(studio) {
      const page = await visit(studio, 'Dmitri')
      await shown(page.getByRole('region', { name: studio.t.room.welcome.label }))
      return page
    },
  },
  {
    name: 'moderation-menu',
    title: 'The menu of a room, for its owner',
    async show(studio) {
      const page = await visit(studio, 'Ann')
      await menu(studio, page)
      return page
    },
  },
  {
    name: 'moderation-menu-nobody',
    title: 'The menu of a room without an owner',
    async show(studio) {
      const { page } = await studio.visit('kitchen', 'Ann')
      await menu(studio, page)
      return page
    },
  },
  {
    name: 'moderation-settings',
    title: 'Settings for the owner, with the question before messages are deleted',
    async show(studio) {
      const { page, dialog } = await open(studio, 'Ann', studio.t.moderation.settings)
      await dialog
        .getByLabel(studio.t.moderation.field.retention)
        .selectOption(studio.t.moderation.retention['7d'])
      await shown(dialog.getByText(studio.t.moderation.retentionWarning(studio.t.moderation.retention['7d'])))
      return page
    },
  },
  {
    name: 'moderation-settings-moderator',
    title: 'Settings for a moderator',
    show: async (studio) => (await open(studio, 'Cleo', studio.t.moderation.settings)).page,
  },
  {
    name: 'moderation-people',
    title: 'People and roles, with a muted person',
    async show(studio) {
      const { page, dialog } = await open(studio, 'Ann', studio.t.moderation.people)
      await dialog.getByRole('button', { name: /^Ben/ }).click()
      await shown(dialog.getByRole('button', { name: studio.t.moderation.unmute }))
      return page
    },
  },
  {
    name: 'moderation-links',
    title: 'Invite links, with a new one',
    async show(studio) {
      const { page, dialog } = await open(studio, 'Ann', studio.t.room.moderation.links)
      await dialog.getByRole('button', { name: studio.t.moderation.link.make }).click()
      await shown(dialog.getByText(studio.t.moderation.link.made))
      return page
    },
  },
  {
    name: 'moderation-log',
    title: 'Moderation log',
    async show(studio) {
      const { page, dialog } = await open(studio, 'Ann', studio.t.moderation.audit)
      const { because, mute } = studio.t.moderation.auditEntry
      await shown(
        dialog.getByText(
          because(mute('Ann', 'Ben', studio.t.moderation.duration(60 * MINUTE)), 'advertising'),
        ),
      )
      return page
    },
  },
  {
    name: 'moderation-person',
    title: 'The author of a message, for a moderator',
    async show(studio) {
      const page = await visit(studio, 'Cleo')
      await page.getByRole('button', { name: studio.t.room.welcome.dismiss }).click()
      await studio.askFor(page, 'Ben, we have read it.', studio.t.room.moderation.aboutMember('Esra'))
      await shown(page.getByRole('dialog').getByRole('button', { name: studio.t.moderation.kick }))
      return page
    },
  },
  {
    name: 'moderation-report',
    title: 'Reporting a message',
    async show(studio) {
      const page = await visit(studio, 'Dmitri')
      await page.getByRole('button', { name: studio.t.room.welcome.dismiss }).click()
      await studio.askFor(page, 'BUY FLOUR', studio.t.room.moderation.aboutMember('Ben'))
      await page.getByRole('button', { name: studio.t.moderation.report }).click()
      await shown(page.getByText(studio.t.moderation.reportMore))
      return page
    },
  },
  {
    name: 'moderation-reported',
    title: 'A report, for a moderator',
    async show(studio) {
      const page = await visit(studio, 'Ann')
      await studio.cast.ask(await bakery(studio), 'Dmitri', '/reports', 'POST', { ref: 4, reason: 'again' })
      await shown(page.getByText(studio.t.room.moderation.reported('Dmitri', 'again')))
      return page
    },
  },
  {
    name: 'moderation-blocked',
    title: 'Messages of a blocked person, with one shown',
    async show(studio) {
      const room = await bakery(studio)
      await studio.cast.prepare(`${room} blocked`, async () => {
        const ann = await studio.cast.meet(room, 'Ann')
        await studio.cast.ask(room, 'Esra', `/blocks/${personBy(ann, 'Ben')}`, 'PUT')
      })
      const page = await visit(studio, 'Esra')
      await page.getByRole('button', { name: studio.t.room.welcome.dismiss }).click()
      await shown(messages(page, studio.t.room).getByText(studio.t.room.timeline.folded))
      await messages(page, studio.t.room)
        .getByRole('button', { name: studio.t.room.timeline.unfold })
        .first()
        .click()
      await shown(messages(page, studio.t.room).getByText('BUY FLOUR'))
      return page
    },
  },
  {
    name: 'moderation-slow',
    title: 'A room in slow mode, with a message that waits',
    async show(studio) {
      const page = await visit(studio, 'Dmitri')
      await page.getByRole('button', { name: studio.t.room.welcome.dismiss }).click()
      for (const text of ['Good morning!', 'What smells so good here?']) {
        await composer(page, studio.t.room).fill(text)
        await page.getByRole('button', { name: studio.t.room.composer.send }).click()
      }
      await shown(page.getByText(beginning(studio.t.room.composer.restriction.queued, 1, 22)))
      await shown(page.getByText(studio.t.room.timeline.notSentYet))
      return page
    },
  },
  {
    name: 'moderation-muted',
    title: 'Muted, with an unfinished message',
    async show(studio) {
      const page = await visit(studio, 'Ben')
      await page.getByRole('button', { name: studio.t.room.welcome.dismiss }).click()
      await composer(page, studio.t.room).fill('But the flour is good')
      await shown(page.getByText(beginning(studio.t.room.timeline.cannotPostUntil, '1', '2')))
      return page
    },
  },
  {
    name: 'moderation-forget',
    title: 'The question before the room forgets the visitor',
    async show(studio) {
      const { page, dialog } = await open(studio, 'Dmitri', studio.t.moderation.forget)
      await shown(dialog.getByText(studio.t.moderation.forgetMore))
      return page
    },
  },
  {
    name: 'moderation-erase',
    title: 'The question before the room is deleted',
    async show(studio) {
      const { page, dialog } = await open(studio, 'Ann', studio.t.moderation.erase)
      await shown(dialog.getByText(studio.t.moderation.eraseMore))
      return page
    },
  },
]
