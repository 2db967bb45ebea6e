import { formatsOf } from '../formats.ts'

const { named } = formatsOf('en')

/** The strings of the settings, loaded when first needed. */
export const settingsEn = {
  title: 'Settings',
  name: 'Your usual name',
  nameMore: 'Used in rooms that are new to you. Your name in other rooms stays as it is.',
  save: 'Save',
  saved: 'Saved.',
  theme: 'Colours',
  themes: { system: 'Same as device', light: 'Light', dark: 'Dark' },
  language: 'Language',
  languageAuto: 'Same as browser',
  languageUse: 'Use this language',
  blocked: 'People you have blocked in this room',
  nobodyBlocked: 'You have not blocked anyone here.',
  refuseStrangers: 'Refuse invitations from strangers in this room',
  refuseStrangersMore:
    'Only people you have met in a private room from here can invite you again. Waiting invitations from others are removed.',
  device: 'This device',
  deviceMore: 'Use another device, or sign out of this one.',
  deleteAll: 'Delete my data',
  deleteMore:
    'This deletes your messages and your name from every room in this browser’s list, for everyone. Then it signs you out and deletes everything stored in this browser. Rooms that are no longer in the list keep your data. You cannot undo this.',
  deleteConfirm: 'Delete everything',
  signOutAnyway: 'Sign out anyway',
  deleting: (room: string) => `Deleting from ${named(room)}…`,
  notDeleted: (room: string, why: string) => `${named(room)}: ${why}`,
  someNotDeleted:
    'These rooms have not deleted your data. Try again, or sign out anyway: after that you can no longer delete it.',
  cancel: 'Cancel',
}

export type SettingsStrings = typeof settingsEn
