import type { Page } from 'playwright-core'
import { composer, messages, say, sayForGood, shown } from '../../page/room-page.ts'
import { timeAt } from '../calendar.ts'
import type { PageState } from '../page-state.ts'
import { talk } from '../rooms/garden-party.ts'
import { beginning } from '../speaks.ts'
import type { Studio } from '../studio.ts'

const ROOM = 'ferry'

/** A room in which Ann writes. */
async function board(studio: Studio) {
  await studio.cast.prepare(ROOM, async () => {
    await studio.cast.say(ROOM, 'Ben', 'Where are you? We are all here.', { time: timeAt('10:05') })
  })
  return studio.visit(ROOM, 'Ann')
}

/** Types a text and waits for the suggestions for its last word. */
async function completing(studio: Studio, typed: string): Promise<Page> {
  await talk(studio.cast)
  const { page } = await studio.visit('garden-party', 'Ann')
  await composer(page, studio.t.room).focus()
  await composer(page, studio.t.room).pressSequentially(typed)
  await shown(page.locator('.completion'))
  return page
}

/** Writing, sending, editing and failing to. */
export const writingStates: PageState[] = [
  {
    name: 'pending',
    title: 'A message that is being sent',
    async show(studio) {
      const { page, line } = await board(studio)
      line.toServer = (text) => (text.includes('updateChat') ? undefined : text)
      await say(page, 'On the ferry now, there by noon', studio.t.room)
      return page
    },
  },
  {
    name: 'failed',
    title: 'A message that was refused',
    async show(studio) {
      const { page, line } = await board(studio)
      line.toServer = (text) => text.replace(/"epoch":"[^"]*"/, '"epoch":"an earlier one"')
      await say(page, 'Shall we meet at the landing, or at yours?', studio.t.room)
      await shown(page.getByText(studio.t.room.problems.stale))
      return page
    },
  },
  {
    name: 'offline',
    title: 'Offline, with an unsent message',
    async show(studio) {
      const { context, page, line } = await board(studio)
      line.cut()
      await context.setOffline(true)
      await shown(page.getByText(studio.t.room.connection.offline))
      await say(page, 'In the tunnel, back in a minute', studio.t.room)
      return page
    },
  },
  {
    name: 'reconnecting',
    title: 'The connection is lost',
    async show(studio) {
      const { page, line } = await board(studio)
      line.cut()
      await shown(page.getByText(studio.t.room.connection.reconnecting))
      return page
    },
  },
  {
    name: 'replying',
    title: 'Replying to a message',
    async show(studio) {
      await talk(studio.cast)
      const { page } = await studio.visit('garden-party', 'Ann')
      await studio.askFor(page, 'Then we begin at one', studio.t.room.actions.reply)
      await composer(page, studio.t.room).fill('At one, then')
      await shown(page.getByText(studio.t.room.composer.replying('Esra')))
      return page
    },
  },
  {
    name: 'editing',
    title: 'Editing a message',
    async show(studio) {
      await talk(studio.cast)
      const { page } = await studio.visit('garden-party', 'Ann')
      await studio.askFor(page, 'Then it is settled', studio.t.room.actions.edit)
      await shown(page.getByText(studio.t.room.composer.editing))
      return page
    },
  },
  {
    name: 'edit-draft',
    title: 'An edit draft from before the page was reloaded',
    async show(studio) {
      await talk(studio.cast)
      const { page } = await studio.visit('garden-party', 'Ann')
      await studio.askFor(page, 'Then it is settled', studio.t.room.actions.edit)
      await composer(page, studio.t.room).fill(
        'Then it is settled: one o’clock, behind the mill.\nBring an umbrella, and',
      )
      await page.reload()
      await shown(page.getByText(studio.t.room.composer.editing))
      return page
    },
  },
  {
    name: 'edit-failed',
    title: 'An edit that could not be saved',
    async show(studio) {
      const room = studio.device === 'touch' ? 'landing' : 'landing-2'
      await studio.cast.prepare(room, async () => {
        await studio.cast.say(room, 'Ben', 'When are you here?', { time: timeAt('10:05') })
      })
      const { page, line } = await studio.visit(room, 'Ann')
      await sayForGood(page, 'On the ferry, there by noon', studio.t.room)
      // Aims the edit at another person's message, which the server refuses.
      line.toServer = (text) => (text.includes('editChat') ? text.replace(/"ref":\d+/, '"ref":1') : text)
      await studio.askFor(page, 'there by noon', studio.t.room.actions.edit)
      await composer(page, studio.t.room).fill('On the ferry, there by one')
      await page.getByRole('button', { name: studio.t.room.composer.send }).click()
      await shown(page.getByText(studio.t.room.refused.editChat))
      return page
    },
  },
  {
    name: 'complete-people',
    title: 'Names to choose from',
    show: (studio) => completing(studio, 'Is that right, @'),
  },
  {
    name: 'complete-emoji',
    title: 'Emoji to choose from',
    show: (studio) => completing(studio, 'See you on Saturday :su'),
  },
  {
    name: 'complete-commands',
    title: 'Commands to choose from',
    show: (studio) => completing(studio, '/'),
  },
  {
    name: 'emoji',
    title: 'Any emoji',
    async show(studio) {
      await talk(studio.cast)
      const { page } = await studio.visit('garden-party', 'Ann', { keeps: { emoji: '🎉 🧀 ☔ 🚂' } })
      await page.getByRole('button', { name: studio.t.room.emoji.open, exact: true }).click()
      await shown(page.getByRole('searchbox'))
      return page
    },
  },
  {
    name: 'emoji-none',
    title: 'No emoji of that name',
    async show(studio) {
      await talk(studio.cast)
      const { page } = await studio.visit('garden-party', 'Ann')
      await page.getByRole('button', { name: studio.t.room.emoji.open, exact: true }).click()
      await page.getByRole('searchbox').fill('gearbox')
      await shown(page.getByText(studio.t.room.emoji.none))
      return page
    },
  },
  {
    name: 'many-lines',
    title: 'Writing a message that is a little too long',
    async show(studio) {
      const { page } = await board(studio)
      const lines = 'One line after the other, and so on.\n'.repeat(110)
      await composer(page, studio.t.room).fill(lines)
      await shown(page.getByText(studio.t.room.composer.tooLong(lines.trim().length - 4_000)))
      return page
    },
  },
  {
    name: 'no-such-command',
    title: 'A command that does not exist',
    async show(studio) {
      const { page } = await board(studio)
      await composer(page, studio.t.room).fill('/dance')
      await page.getByRole('button', { name: studio.t.room.composer.send }).click()
      await shown(page.getByText(studio.t.room.composer.refused.unknown('/dance')))
      return page
    },
  },
  {
    name: 'help',
    title: 'What you can type',
    async show(studio) {
      const { page } = await board(studio)
      await composer(page, studio.t.room).fill('/help')
      await page.getByRole('button', { name: studio.t.room.composer.send }).click()
      await shown(page.getByRole('dialog'))
      return page
    },
  },
  {
    name: 'actions-sheet',
    title: 'The actions on a message, by touch',
    on: 'touch',
    async show(studio) {
      await talk(studio.cast)
      const { page } = await studio.visit('garden-party', 'Ann')
      await messages(page, studio.t.room).getByText('Then it is settled').tap()
      await shown(page.getByRole('dialog'))
      return page
    },
  },
  {
    name: 'actions-toolbar',
    title: 'The actions on a message, by mouse',
    on: 'mouse',
    async show(studio) {
      await talk(studio.cast)
      return (await studio.visit('garden-party', 'Ann')).page
    },
    async resized(page, { t }) {
      await messages(page, t.room).getByText('Then it is settled').hover()
      const remove = page
        .getByRole('toolbar')
        .getByRole('button', { name: t.room.actions.remove, exact: true })
      // Pressed only once: a second press would delete the message, in the other pictures too.
      if (await remove.isVisible()) await remove.click()
    },
  },
  {
    name: 'people-sheet',
    title: 'The people in a room and its cost, on a phone',
    on: 'touch',
    async show(studio) {
      await talk(studio.cast)
      const { page } = await studio.visit('garden-party', 'Ann')
      await page.getByRole('button', { name: studio.t.room.people.show(5) }).click()
      await shown(page.getByRole('dialog'))
      return page
    },
  },
  {
    name: 'cost',
    title: 'What the room costs',
    async show(studio) {
      await talk(studio.cast)
      const { page } = await studio.visit('garden-party', 'Ann')
      if (studio.device === 'touch')
        await page.getByRole('button', { name: studio.t.room.people.show(5) }).click()
      await page.getByText(studio.t.moderation.cost.title).and(page.locator(':visible')).click()
      await shown(
        page
          .getByText(beginning(studio.t.moderation.cost.stored, 1_000, 2_000))
          .and(page.locator(':visible')),
      )
      return page
    },
  },
]
