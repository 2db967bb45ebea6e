import type { IdentityStrings } from '../en/identity.ts'

export const identityDe: IdentityStrings = {
  title: 'Dieses Gerät',
  text: 'Du hast kein Konto. Ein Geheimnis in diesem Browser zeigt deinen Räumen, wer du bist.',
  transfer: 'Ein weiteres Gerät verwenden',
  transferMore:
    'Erstell einen Link und öffne ihn auf dem anderen Gerät. Er gilt einmal, zehn Minuten lang. Wer ihn öffnet, kann in deinem Namen handeln; schick ihn also niemandem sonst.',
  makeLink: 'Link erstellen',
  made: 'Öffne dies auf dem anderen Gerät:',
  signOut: 'Auf diesem Gerät abmelden',
  signOutMore:
    'Damit löschst du deine Identität, deine Räume und deine ungesendeten Nachrichten aus diesem Browser. Wenn du kein weiteres Gerät verwendest, kannst du sie nicht zurückholen.',
  signOutConfirm: 'Abmelden und löschen',
  cancel: 'Abbrechen',
  failed: 'Hallway hat nicht geantwortet. Prüf die Verbindung und versuch es noch einmal.',
  tooMany: 'Zu viele Versuche. Warte eine Minute und versuch es dann noch einmal.',
  transferPage: {
    title: 'Auch dieses Gerät verwenden?',
    text: 'Dieser Link kommt von einem anderen Gerät. Wenn du weitermachst, bist du hier dieselbe Person wie dort.',
    more: 'Mach nur weiter, wenn du den Link selbst erstellt hast. Die bisherige Identität, die Räume und die ungesendeten Nachrichten dieses Browsers gehen verloren.',
    confirm: 'Weiter',
    cancel: 'Abbrechen',
  },
  done: {
    title: 'Dieses Gerät ist bereit',
    text: 'Öffne deine Räume über ihre Links und tritt mit dem Namen bei, den du dort hast.',
  },
  expired: {
    title: 'Dieser Link gilt nicht',
    text: 'Ein Link gilt einmal, zehn Minuten lang. Erstell auf deinem anderen Gerät einen neuen.',
  },
  challenge: {
    title: 'Bist du ein Mensch?',
    text: 'Das dauert einen Moment. Dann trittst du bei.',
    more: 'Turnstile von Cloudflare prüft deinen Browser. Von dem, was im Raum gesagt wird, sieht es nichts.',
    failed: 'Die Prüfung ist fehlgeschlagen. Prüf die Verbindung, oder versuch es in einem anderen Browser.',
  },
}
