import { doorEn } from '../../../client/i18n/en/door.ts'
import { identityEn } from '../../../client/i18n/en/identity.ts'
import { moderationEn } from '../../../client/i18n/en/moderation.ts'
import { notificationsEn } from '../../../client/i18n/en/notifications.ts'
import { roomEn } from '../../../client/i18n/en/room.ts'
import { settingsEn } from '../../../client/i18n/en/settings.ts'
import { addStrings } from '../../../client/i18n/strings.ts'

// What main.ts does for the page.
addStrings({
  door: doorEn,
  room: roomEn,
  moderation: moderationEn,
  notifications: notificationsEn,
  identity: identityEn,
  settings: settingsEn,
})
