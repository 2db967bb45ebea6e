import type { SettingsStrings } from '../en/settings.ts'
import { formatsOf } from '../formats.ts'

const { named } = formatsOf('de')

export const settingsDe: SettingsStrings = {
  title: 'Einstellungen',
  name: 'Dein üblicher Name',
  nameMore: 'Mit ihm kommst du in Räume, die dich noch nicht kennen. Wo man dich kennt, bleibt dein Name.',
  save: 'Speichern',
  saved: 'Gespeichert.',
  theme: 'Farben',
  themes: { system: 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  languageAuto: 'Wie der Browser',
  languageUse: 'Diese Sprache verwenden',
  blocked: 'Wen du in diesem Raum blockierst',
  nobodyBlocked: 'Du blockierst hier niemanden.',
  device: 'Dieses Gerät',
  deviceMore: 'Auf einem anderen Gerät du selbst sein, oder dich auf diesem abmelden.',
  deleteAll: 'Alles löschen, was von mir da ist',
  deleteMore:
    'Jeder Raum, den dieser Browser noch kennt, löscht deine Nachrichten und deinen Namen, für alle. Danach vergisst dieser Browser, wer du bist und was er aufbewahrt hat. Räume, die er nicht mehr kennt, werden nicht gefragt, und niemand kann etwas davon zurückholen.',
  deleteConfirm: 'Alles löschen',
  signOutAnyway: 'Trotzdem abmelden',
  deleting: (room) => `${named(room)} wird gefragt …`,
  notDeleted: (room, why) => `${named(room)}: ${why}`,
  someNotDeleted:
    'Diese Räume haben dich nicht vergessen. Versuch es noch einmal, oder melde dich trotzdem ab: Dann kann sie niemand mehr darum bitten.',
  cancel: 'Doch nicht',
}
