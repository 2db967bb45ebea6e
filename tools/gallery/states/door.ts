import type { Page } from 'playwright-core'
import { until } from '../../node-session.ts'
import { shown } from '../../page/room-page.ts'
import type { PageState } from '../page-state.ts'
import { talk } from '../rooms/garden-party.ts'
import type { Studio } from '../studio.ts'

async function sayName({ t }: Studio, page: Page, name: string): Promise<Page> {
  await page.getByLabel(t.door.join.field).fill(name)
  await page.keyboard.press('Enter')
  return page
}

/** The name of a private room of Ann and Ben. */
async function privateRoom({ cast }: Studio): Promise<string> {
  const ann = await cast.meet('hall', 'Ann')
  await cast.meet('hall', 'Ben')
  if (ann.view.invitations.length === 0) {
    ann.invite('Ben')
    await until(ann, ({ view }) => view.invitations.length > 0)
  }
  return ann.view.invitations[0]?.room ?? ''
}

/** The join card of a room. */
export const doorStates: PageState[] = [
  {
    name: 'join-open',
    title: 'Join card of an open room',
    async show(studio) {
      await talk(studio.cast)
      const page = await studio.open('/r/garden-party')
      await shown(page.getByText(studio.t.door.join.online(5)))
      return page
    },
  },
  {
    name: 'join-nobody',
    title: 'Join card of an empty room',
    async show(studio) {
      const page = await studio.open('/r/nobody-here-yet')
      await shown(page.getByText(studio.t.door.join.nobody))
      return page
    },
  },
  {
    name: 'join-private',
    title: 'Join card of a private room',
    async show(studio) {
      const room = await privateRoom(studio)
      // The invited person, in the browser that got the invitation, which does not remember a name yet.
      const page = await studio.open(`/r/${room}`, { room: 'hall', name: 'Ben', knows: [] })
      await shown(page.getByText(studio.t.door.join.access.private))
      return page
    },
  },
  {
    name: 'join-name-taken',
    title: 'Join card, with a name that is taken',
    async show(studio) {
      await talk(studio.cast)
      const page = await sayName(studio, await studio.open('/r/garden-party'), 'Ben')
      await shown(page.getByText(studio.t.door.join.nameTaken))
      return page
    },
  },
  {
    name: 'join-name-invalid',
    title: 'Join card, without a name',
    async show(studio) {
      const page = await sayName(studio, await studio.open('/r/nobody-here-yet'), ' ')
      await shown(page.getByText(studio.t.door.join.nameInvalid))
      return page
    },
  },
  {
    name: 'join-waiting',
    title: 'Join card, waiting for a connection',
    async show(studio) {
      const { context, line } = await studio.visitor()
      const page = await context.newPage()
      await page.goto('/r/nobody-here-yet')
      await shown(page.getByText(studio.t.door.join.nobody))
      line.cut()
      await sayName(studio, page, 'Ann')
      await shown(page.getByText(studio.t.door.join.waiting.reconnecting))
      return page
    },
  },
]
