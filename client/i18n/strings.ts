import type { DoorStrings } from './en/door.ts'
import type { IdentityStrings } from './en/identity.ts'
import type { ModerationStrings } from './en/moderation.ts'
import type { NotificationStrings } from './en/notifications.ts'
import type { RoomStrings } from './en/room.ts'
import type { SettingsStrings } from './en/settings.ts'

export interface Strings {
  door: DoorStrings
  room: RoomStrings
  moderation: ModerationStrings
  notifications: NotificationStrings
  identity: IdentityStrings
  settings: SettingsStrings
}

/** The strings of the language in use. An area is loaded before the code that shows it. */
export let t: Strings

export function addStrings(areas: Partial<Strings>): void {
  t = { ...t, ...areas }
}
