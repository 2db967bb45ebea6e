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

/** Notifications, personal settings and sharing. */
export const notificationStates: PageState[] = [
  {
    name: 'notifications',
    title: 'The notification level of a room',
    show: (studio) => notifications(studio, 'default'),
  },
  {
    name: 'notifications-allowed',
    title: 'Notifications are allowed',
    show: (studio) => notifications(studio, 'granted'),
  },
  {
    name: 'notifications-blocked',
    title: 'The browser blocks notifications',
    show: (studio) => notifications(studio, 'denied'),
  },
  {
    name: 'settings',
    title: 'Personal settings',
    async show(studio) {
      const page = await studio.open('/', { room: 'kitchen', name: 'Ann' })
      await page.getByRole('button', { name: studio.t.door.home.settings }).click()
      await shown(page.getByRole('dialog', { name: studio.t.settings.title }))
      return page
    },
  },
  {
    name: 'settings-delete',
    title: 'The question before personal data is deleted',
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
    title: 'Sharing a room by QR code or link',
    async show(studio) {
      const { page } = await studio.visit('kitchen', 'Ann')
      await page.getByRole('button', { name: studio.t.room.invite.share }).click()
      await shown(page.getByRole('img', { name: studio.t.notifications.share.code }))
      return page
    },
  },
  {
    name: 'receive',
    title: 'Choosing a room for content from another app',
    show: (studio) =>
      studio.open('/share?title=The+weather&url=https%3A%2F%2Fexample.com%2Fweather', {
        room: 'kitchen',
        name: 'Ann',
      }),
  },
  {
    name: 'receive-nothing',
    title: 'Another app shared nothing',
    show: (studio) => studio.open('/share'),
  },
  {
    name: 'update',
    title: 'A new version is ready',
    async show(studio) {
      const { page } = await studio.visit('kitchen', 'Ann')
      // The message that the service worker sends once a new version is ready.
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready
        navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: 'waits' }))
      })
      await shown(page.getByText(studio.t.notifications.newVersion))
      return page
    },
  },
]
