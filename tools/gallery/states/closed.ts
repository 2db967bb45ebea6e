import { composer, shown } from '../../page/room-page.ts'
import type { PageState } from '../page-state.ts'
import type { Studio } from '../studio.ts'

/** A refusal that this server does not send yet. */
function refused(code: string, status: number): PageState['show'] {
  return async (studio: Studio) => {
    const { context } = await studio.visitor()
    await context.route('**/api/rooms/kitchen', (route) =>
      route.fulfill({ status, json: { type: 'about:blank', title: code, status, code } }),
    )
    const page = await context.newPage()
    await page.goto('/r/kitchen')
    await shown(page.getByRole('link', { name: studio.t.door.closed.home }))
    return page
  }
}

/** Rooms that refuse the visitor, and addresses without a page. */
export const closedStates: PageState[] = [
  {
    name: 'nowhere',
    title: 'An address without a page',
    show: (studio) => studio.open('/r/-x'),
  },
  {
    name: 'not-found',
    title: 'A private room, for a stranger',
    async show(studio) {
      const page = await studio.open(`/r/${'c'.repeat(26)}`)
      await shown(page.getByText(studio.t.door.closed.pages['not-found'].title))
      return page
    },
  },
  {
    name: 'link-spent',
    title: 'An invite link that is used up',
    async show(studio) {
      const page = await studio.open(`/r/${'c'.repeat(26)}#k=${'k'.repeat(43)}`)
      await shown(page.getByText(studio.t.door.closed.pages['link-spent'].title))
      return page
    },
  },
  { name: 'forbidden', title: 'A room that is not open to the visitor', show: refused('forbidden', 403) },
  { name: 'banned', title: 'The visitor is banned', show: refused('banned', 403) },
  { name: 'kicked', title: 'The visitor was removed', show: refused('kicked', 403) },
  { name: 'forgotten', title: 'The room has forgotten the visitor', show: refused('forgotten', 403) },
  { name: 'locked', title: 'A locked room', show: refused('locked', 403) },
  { name: 'room-full', title: 'A full room', show: refused('room-full', 429) },
  {
    name: 'unknown-refusal',
    title: 'A refusal that only a newer server knows',
    show: refused('moved-away', 410),
  },
  {
    name: 'version-unsupported',
    title: 'A page that is too old',
    async show(studio) {
      const { context, line } = await studio.visitor({ room: 'kitchen', name: 'Ann' })
      line.toServer = (text) => text.replace(/"version":\d+/, '"version":99')
      const page = await context.newPage()
      await page.goto('/r/kitchen')
      await shown(page.getByText(studio.t.door.closed.pages['version-unsupported'].title))
      return page
    },
  },
  {
    name: 'erased',
    title: 'A room that is deleted while people are in it',
    async show(studio) {
      const page = await studio.open('/')
      const room = await page.evaluate(async () => {
        const made = await fetch('/api/rooms', { method: 'POST' })
        const { room } = (await made.json()) as { room: string }
        return room
      })
      await page.goto(`/r/${room}`)
      await page.getByRole('textbox').fill('Ann')
      await page.keyboard.press('Enter')
      await shown(composer(page, studio.t.room))
      await page.evaluate((room) => fetch(`/api/rooms/${room}`, { method: 'DELETE' }), room)
      await shown(page.getByText(studio.t.door.closed.pages.erased.title))
      return page
    },
  },
  {
    name: 'unreachable',
    title: 'The code of the room could not be loaded',
    async show(studio) {
      const { context } = await studio.visitor({ room: 'kitchen', name: 'Ann' })
      await context.route('**/assets/joined-room-*.js', (route) => route.abort())
      const page = await context.newPage()
      await page.goto('/r/kitchen')
      await shown(page.getByRole('heading'))
      return page
    },
  },
  {
    name: 'broken',
    title: 'The page had an error',
    async show(studio) {
      const { page } = await studio.visit('broken-lamp', 'Ann')
      const whole = await page.evaluateHandle(() => {
        const { toISOString } = Date.prototype
        Date.prototype.toISOString = () => {
          throw new Error('broken for the picture')
        }
        return { toISOString }
      })
      await composer(page, studio.t.room).fill('One word too many')
      await page.keyboard.press('ControlOrMeta+Enter')
      await shown(page.getByText(studio.t.door.broken.title))
      // The checks of the picture may need the function that was broken.
      await whole.evaluate((broken) => Object.assign(Date.prototype, broken))
      return page
    },
  },
]
