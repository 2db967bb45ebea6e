import type { NotificationStrings } from '../en/notifications.ts'

export const notificationsDe: NotificationStrings = {
  title: 'Benachrichtigungen',
  levelLabel: 'Benachrichtige mich bei',
  levels: { all: 'jeder Nachricht', mentions: 'Erwähnungen von mir', nothing: 'nichts' },
  more: 'Wird in diesem Browser gespeichert. Es gilt auch für die Zahl im Titel und auf dem Symbol.',
  sound: 'Einen Ton spielen',
  readOut: 'Neue Nachrichten vom Screenreader ansagen lassen',
  notify: 'Benachrichtige mich, wenn diese Seite im Hintergrund ist',
  allow: 'Benachrichtigungen erlauben',
  allowMore: 'Dein Browser bittet dich noch um Bestätigung.',
  blocked:
    'Dieser Browser blockiert Benachrichtigungen von Hallway. Du kannst sie in seinen Einstellungen für diese Seite erlauben.',
  declined: (day) => `Du hast Benachrichtigungen hier abgelehnt. Ab ${day} kannst du sie erlauben.`,
  unsupported: 'Dieser Browser unterstützt keine Benachrichtigungen.',
  newVersion: 'Eine neue Version ist da.',
  reload: 'Neu laden',
  later: 'Später',
  share: {
    title: 'Leute einladen',
    text: 'Dieser Link führt in den Raum.',
    code: 'QR-Code des Links',
    send: 'Teilen',
  },
  receive: {
    title: 'Raum auswählen',
    text: 'Was du teilst, kommt dort in deinen Entwurf. Es wird noch nicht gesendet. Dein Browser behält es vielleicht in seinem Verlauf.',
    none: 'Du bist in diesem Browser noch keinem Raum beigetreten. Tritt einem bei, und teil es dann noch einmal.',
    nothing: 'Es wurde nichts geteilt.',
  },
}
