import { shown } from '../../page/room-page.ts'
import type { PageState } from '../page-state.ts'
import type { Studio } from '../studio.ts'

async function sheet(studio: Studio) {
  const page = await studio.open('/', { room: 'kitchen', name: 'Ann' })
  await page.getByRole('button', { name: studio.t.door.home.settings }).click()
  await page.getByRole('button', { name: studio.t.identity.title }).click()
  await shown(page.getByRole('dialog', { name: studio.t.identity.title }))
  return page
}

/** The visitor's identity on a device, and the challenge for new visitors. */
export const identityStates: PageState[] = [
  { name: 'device', title: 'The identity on this device', show: sheet },
  {
    name: 'device-link',
    title: 'A link for another device, and the question before signing out',
    async show(studio) {
      const page = await sheet(studio)
      await page.route('**/api/session/moves', (route) =>
        route.fulfill({ json: { url: `https://hallway.example/move#${'k'.repeat(26)}` } }),
      )
      await page.getByRole('button', { name: studio.t.identity.makeLink }).click()
      await page.getByRole('button', { name: studio.t.identity.signOut }).click()
      await shown(page.getByRole('button', { name: studio.t.identity.signOutConfirm }))
      await shown(page.getByLabel(studio.t.identity.made))
      return page
    },
  },
  {
    name: 'device-failed',
    title: 'The link could not be made',
    async show(studio) {
      const page = await sheet(studio)
      await page.route('**/api/session/moves', (route) => route.abort())
      await page.getByRole('button', { name: studio.t.identity.makeLink }).click()
      await shown(page.getByRole('alert').filter({ hasText: /./ }))
      return page
    },
  },
  {
    name: 'transfer',
    title: 'The link from another device',
    show: (studio) => studio.open(`/move#${'k'.repeat(26)}`),
  },
  {
    name: 'transfer-spent',
    title: 'A link from another device that is used up',
    show: (studio) => studio.open('/move'),
  },
  {
    name: 'challenge',
    title: 'The challenge for a new visitor',
    async show(studio) {
      const page = await door(studio)
      await shown(page.getByRole('button', { name: studio.t.door.closed.toChallenge }))
      return page
    },
  },
  {
    name: 'challenge-failed',
    title: 'The challenge could not be loaded',
    async show(studio) {
      const page = await door(studio)
      await page.getByRole('button', { name: studio.t.door.closed.toChallenge }).click()
      await page.waitForURL('**/challenge')
      await shown(page.getByRole('alert'))
      return page
    },
  },
]

/** A room that asks for the challenge, which this server's settings do not. */
async function door(studio: Studio) {
  const { context } = await studio.visitor()
  await context.route('**/api/rooms/kitchen', (route) =>
    route.fulfill({
      status: 403,
      json: { type: 'about:blank', title: 'challenge', status: 403, code: 'challenge', siteKey: 'k' },
    }),
  )
  await context.route('https://challenges.cloudflare.com/**', (route) => route.abort())
  const page = await context.newPage()
  await page.goto('/r/kitchen')
  return page
}
