import { formatsOf } from '../formats.ts'

const { named } = formatsOf('en')

/** The words of the settings, which are loaded when they are asked for. */
export const settingsEn = {
  title: 'Settings',
  name: 'Your usual name',
  nameMore: 'With it you come into rooms that do not know you yet. Where you are known your name stays.',
  save: 'Save',
  saved: 'Saved.',
  theme: 'Colours',
  themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
  language: 'Language',
  languageAuto: 'As the browser',
  languageUse: 'Use this language',
  blocked: 'Blocked people of this room',
  nobodyBlocked: 'You have blocked nobody here.',
  device: 'This device',
  deviceMore: 'Be yourself on another device, or sign out of this one.',
  deleteAll: 'Delete what is known of me',
  deleteMore:
    'Every room this browser remembers erases your messages and your name, for everyone. Then this browser forgets who you are and all it kept. Rooms it no longer remembers are not asked, and nobody can bring any of it back.',
  deleteConfirm: 'Delete everything',
  signOutAnyway: 'Sign out all the same',
  deleting: (room: string) => `Asking ${named(room)}…`,
  notDeleted: (room: string, why: string) => `${named(room)}: ${why}`,
  someNotDeleted:
    'These rooms did not forget you. Try again, or sign out all the same: then nobody can ask them any more.',
  cancel: 'Never mind',
}

export type SettingsStrings = typeof settingsEn
