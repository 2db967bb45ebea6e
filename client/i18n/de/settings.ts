import type { SettingsStrings } from '../en/settings.ts'
import { formatsOf } from '../formats.ts'

const { named } = formatsOf('de')

export const settingsDe: SettingsStrings = {
  title: 'Einstellungen',
  name: 'Dein üblicher Name',
  nameMore: 'Gilt in Räumen, die für dich neu sind. In anderen Räumen bleibt dein Name, wie er ist.',
  save: 'Speichern',
  saved: 'Gespeichert.',
  theme: 'Farben',
  themes: { system: 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  languageAuto: 'Wie der Browser',
  languageUse: 'Diese Sprache verwenden',
  blocked: 'Blockierte Personen in diesem Raum',
  nobodyBlocked: 'Du blockierst hier niemanden.',
  refuseStrangers: 'Einladungen von Fremden in diesem Raum ablehnen',
  refuseStrangersMore:
    'Nur wer von hier aus schon mit dir in einem privaten Raum war, kann dich wieder einladen. Offene Einladungen von anderen werden entfernt.',
  device: 'Dieses Gerät',
  deviceMore: 'Ein weiteres Gerät verwenden, oder dich auf diesem abmelden.',
  deleteAll: 'Meine Daten löschen',
  deleteMore:
    'Damit löschst du für alle deine Nachrichten und deinen Namen in jedem Raum, der in der Liste dieses Browsers steht. Danach wirst du abgemeldet, und alles, was in diesem Browser gespeichert ist, wird gelöscht. Räume, die nicht mehr in der Liste stehen, behalten deine Daten. Du kannst das nicht rückgängig machen.',
  deleteConfirm: 'Alles löschen',
  signOutAnyway: 'Trotzdem abmelden',
  deleting: (room) => `Löschen in ${named(room)} …`,
  notDeleted: (room, why) => `${named(room)}: ${why}`,
  someNotDeleted:
    'Diese Räume haben deine Daten nicht gelöscht. Versuch es noch einmal, oder melde dich trotzdem ab: Danach kannst du sie nicht mehr löschen.',
  cancel: 'Abbrechen',
}
