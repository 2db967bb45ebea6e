import type { Page } from 'playwright-core'
import { composer, say, shown } from '../../page/room-page.ts'
import type { PageState } from '../page-state.ts'
import { talk } from '../rooms/garden-party.ts'
import { KNOWN_ELSEWHERE, NEWS } from '../rooms/other-rooms.ts'
import type { Studio } from '../studio.ts'

/** In a room, with much news in other rooms. */
async function amongRooms(studio: Studio, room = 'garden-party') {
  await talk(studio.cast)
  const knows = [{ room, username: 'Ann' }, ...KNOWN_ELSEWHERE]
  return studio.visit(room, 'Ann', { knows, keeps: { news: NEWS.much } })
}

/** On a narrow page the list of rooms is a sheet. */
async function openRooms({ device }: Studio, page: Page): Promise<void> {
  if (device === 'touch') await page.locator('.rooms-button').tap()
}

async function openSwitcher(studio: Studio, page: Page, typed: string): Promise<void> {
  if (studio.device === 'mouse') await page.keyboard.press('ControlOrMeta+k')
  else {
    await openRooms(studio, page)
    await page.getByRole('dialog').getByRole('button', { name: studio.t.room.rooms.switch }).tap()
  }
  const field = page.getByRole('combobox', { name: studio.t.room.rooms.field })
  await shown(field)
  await field.fill(typed)
}

async function openMenu(studio: Studio, page: Page, room: string): Promise<void> {
  await openRooms(studio, page)
  const row = page.locator('.room-row', { hasText: room }).and(page.locator(':visible')).first()
  if (studio.device === 'mouse') await row.hover()
  await row.getByRole('button', { name: studio.t.room.rooms.menu(room) }).click()
  await shown(page.getByRole('dialog', { name: room }))
}

/** The visitor's other rooms, and the ways to them. */
export const elsewhereStates: PageState[] = [
  {
    name: 'rooms-news',
    title: 'Much news in other rooms, and two invitations',
    async show(studio) {
      const { page } = await amongRooms(studio)
      await shown(page.locator('.room-row--waiting, .rooms-button .badge').and(page.locator(':visible')))
      return page
    },
  },
  {
    name: 'rooms-sheet',
    title: 'The rooms, on a phone',
    on: 'touch',
    async show(studio) {
      const { page } = await amongRooms(studio)
      await openRooms(studio, page)
      await shown(page.getByRole('dialog', { name: studio.t.room.rooms.title }))
      return page
    },
  },
  {
    name: 'switcher',
    title: 'Finding a room',
    async show(studio) {
      const { page } = await amongRooms(studio)
      await openSwitcher(studio, page, '')
      await shown(page.getByRole('option').first())
      return page
    },
  },
  {
    name: 'switcher-found',
    title: 'Finding a room by a part of its name',
    async show(studio) {
      const { page } = await amongRooms(studio)
      await openSwitcher(studio, page, 'bo')
      await shown(page.getByRole('option', { name: studio.t.room.rooms.goTo('bo') }))
      return page
    },
  },
  {
    name: 'switcher-none',
    title: 'Finding a room by a name that no room has',
    async show(studio) {
      const { page } = await amongRooms(studio)
      await openSwitcher(studio, page, 'what?')
      await shown(page.getByText(studio.t.room.rooms.invalidName))
      return page
    },
  },
  {
    name: 'room-menu',
    title: 'The menu of a room in the list',
    async show(studio) {
      const { page } = await amongRooms(studio)
      await openMenu(studio, page, 'book-club')
      return page
    },
  },
  {
    name: 'room-menu-unsent',
    title: 'Forgetting a room with an unsent message',
    async show(studio) {
      const { context, page, line } = await amongRooms(studio, 'lost-and-found')
      line.cut()
      await context.setOffline(true)
      await shown(page.getByText(studio.t.room.connection.offline))
      await say(page, 'Somebody left a red umbrella.', studio.t.room)
      await composer(page, studio.t.room).blur()
      await openMenu(studio, page, 'lost-and-found')
      await page.getByRole('button', { name: studio.t.room.rooms.forget }).click()
      await shown(page.getByRole('alert'))
      return page
    },
  },
]
