import type { NotificationStrings } from '../en/notifications.ts'

export const notificationsDe: NotificationStrings = {
  title: 'Benachrichtigungen',
  levelLabel: 'Dieser Raum ruft mich bei',
  levels: { all: 'jeder Nachricht', mentions: 'Erwähnungen von mir', nothing: 'nichts' },
  more: 'Das merkt sich dieser Browser. Es gilt auch für die Zahl im Titel und auf dem Symbol.',
  sound: 'Einen Ton spielen',
  readOut: 'Neue Nachrichten vom Screenreader vorlesen lassen',
  notify: 'Benachrichtige mich, wenn ich woanders hinsehe',
  allow: 'Benachrichtigungen erlauben',
  allowMore: 'Dein Browser fragt noch einmal nach.',
  blocked:
    'Dieser Browser lässt keine Benachrichtigungen von Hallway zu. Du kannst das in seinen Einstellungen für diese Seite ändern.',
  declined: (day) => `Du wolltest hier keine Benachrichtigungen. Ab ${day} kannst du wieder gefragt werden.`,
  unsupported: 'Dieser Browser kann nicht benachrichtigen.',
  newVersion: 'Eine neue Version ist da.',
  reload: 'Neu laden',
  later: 'Später',
  share: {
    title: 'Leute einladen',
    text: 'Wer das öffnet, kommt in den Raum.',
    code: 'Der Link als Code zum Scannen',
    send: 'Teilen',
  },
  receive: {
    title: 'Wohin damit?',
    text: 'Wähle einen Raum. Es kommt zu dem, was du dort schreibst, und wird noch nicht gesendet.',
    none: 'Du warst mit diesem Browser noch in keinem Raum. Geh in einen, und teile es dann noch einmal.',
    nothing: 'Es wurde nichts geteilt.',
  },
}
