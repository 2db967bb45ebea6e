import { shown } from '../../page/room-page.ts'
import type { PageState } from '../page-state.ts'
import type { Studio } from '../studio.ts'

async function notifications(studio: Studio, permission: NotificationPermission) {
  const { context, page } = await studio.visit('kitchen', 'Ann')
  await context.addInitScript((given) => {
    Object.defineProperty(Notification, 'permission', { configurable: true, get: () => given })
  }, permission)
  await page.reload()
  await page.getByRole('button', { name: studio.t.room.moderation.aboutRoom }).click()
  await page.getByRole('button', { name: studio.t.notifications.title }).click()
  await shown(page.getByRole('dialog', { name: studio.t.notifications.title }).getByRole('radio').first())
  return page
}

/** What calls someone, what they choose for themselves, and what is sent on. */
export const notificationStates: PageState[] = [
  {
    name: 'notifications',
    title: 'What a room may call one for',
    show: (studio) => notifications(studio, 'default'),
  },
  {
    name: 'notifications-allowed',
    title: 'Notifications are allowed',
    show: (studio) => notifications(studio, 'granted'),
  },
  {
    name: 'notifications-blocked',
    title: 'The browser lets nobody be notified',
    show: (studio) => notifications(studio, 'denied'),
  },
  {
    name: 'settings',
    title: 'What one chooses for oneself',
    async show(studio) {
      const page = await studio.open('/', { room: 'kitchen', name: 'Ann' })
      await page.getByRole('button', { name: studio.t.door.home.settings }).click()
      await shown(page.getByRole('dialog', { name: studio.t.settings.title }))
      return page
    },
  },
  {
    name: 'settings-delete',
    title: 'Deleting what is known of one is asked for',
    async show(studio) {
      const page = await studio.open('/', { room: 'kitchen', name: 'Ann' })
      await page.getByRole('button', { name: studio.t.door.home.settings }).click()
      await page.getByRole('button', { name: studio.t.settings.deleteAll }).click()
      await page.getByRole('button', { name: studio.t.settings.deleteConfirm }).scrollIntoViewIfNeeded()
      return page
    },
    resized: (page, { t }) =>
      page.getByRole('button', { name: t.settings.deleteConfirm }).scrollIntoViewIfNeeded(),
  },
  {
    name: 'share',
    title: 'The invite as a code to scan, a link to send or to copy',
    async show(studio) {
      const { page } = await studio.visit('kitchen', 'Ann')
      await page.getByRole('button', { name: studio.t.room.invite.share }).click()
      await shown(page.getByRole('img', { name: studio.t.notifications.share.code }))
      return page
    },
  },
  {
    name: 'receive',
    title: 'What another app shares is about to go into a room',
    show: (studio) =>
      studio.open('/share?title=The+weather&url=https%3A%2F%2Fexample.com%2Fweather', {
        room: 'kitchen',
        name: 'Ann',
      }),
  },
  {
    name: 'receive-nothing',
    title: 'Nothing was shared',
    show: (studio) => studio.open('/share'),
  },
  {
    name: 'update',
    title: 'A new version is ready',
    async show(studio) {
      const { page } = await studio.visit('kitchen', 'Ann')
      // What the worker of the page says once there is one.
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready
        navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: 'waits' }))
      })
      await shown(page.getByText(studio.t.notifications.newVersion))
      return page
    },
  },
]
