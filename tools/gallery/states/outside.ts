import { shown } from '../../page/room-page.ts'
import type { PageState } from '../page-state.ts'

const KNOWN = ['kitchen', 'book-club', 'allotment-12', 'a-rather-long-name-for-a-room-that-someone-chose']

/** The front page. */
export const outsideStates: PageState[] = [
  {
    name: 'front',
    title: 'Front page, for a new visitor',
    show: (studio) => studio.open('/'),
  },
  {
    name: 'front-known',
    title: 'Front page, with the visitor’s rooms',
    show: (studio) =>
      studio.open('/', {
        knows: [
          ...KNOWN.map((room) => ({ room, username: 'Ann' })),
          { room: 'a'.repeat(26), username: 'Ann', companion: 'Ben' },
          { room: 'b'.repeat(26), username: 'Ann' },
        ],
      }),
  },
  {
    name: 'front-invalid',
    title: 'Front page, with an invalid room name',
    async show(studio) {
      const page = await studio.open('/')
      await page.getByLabel(studio.t.door.home.roomField).fill('Garden party!')
      await page.keyboard.press('Enter')
      await shown(page.getByText(studio.t.door.home.roomInvalid))
      return page
    },
  },
  {
    name: 'front-failed',
    title: 'Front page, when a room could not be created',
    async show(studio) {
      const { context } = await studio.visitor()
      await context.route('**/api/rooms', (route) => route.abort())
      const page = await context.newPage()
      await page.goto('/')
      await page.getByRole('button', { name: studio.t.door.home.start }).click()
      await shown(page.getByText(studio.t.door.home.startFailed))
      return page
    },
  },
]
