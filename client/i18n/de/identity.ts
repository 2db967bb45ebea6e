import type { IdentityStrings } from '../en/identity.ts'

export const identityDe: IdentityStrings = {
  title: 'Dieses Gerät',
  text: 'Du hast kein Konto. Wer du in deinen Räumen bist, ist ein Geheimnis, das dieser Browser hütet.',
  transfer: 'Auf einem anderen Gerät du selbst sein',
  transferMore:
    'Mach einen Link und öffne ihn dort. Er gilt einmal, zehn Minuten lang. Wer ihn öffnet, wird zu dir; schick ihn also niemandem sonst.',
  makeLink: 'Link machen',
  made: 'Öffne dies auf dem anderen Gerät:',
  signOut: 'Auf diesem Gerät abmelden',
  signOutMore:
    'Dieser Browser vergisst, wer du bist, deine Räume und was du noch nicht gesendet hast. Wenn du nicht auch auf einem anderen Gerät du selbst bist, kann das niemand zurückholen.',
  signOutConfirm: 'Abmelden und vergessen',
  cancel: 'Abbrechen',
  failed: 'Das hat gerade nicht geklappt. Prüf die Verbindung und versuch es noch einmal.',
  tooMany: 'Das wurde zu oft versucht. Warte eine Minute.',
  transferPage: {
    title: 'Auch hier du selbst sein?',
    text: 'Dieser Link kommt von einem anderen Gerät. Wenn du weitermachst, ist dieser Browser, wer immer ihn gemacht hat.',
    more: 'Mach nur weiter, wenn du den Link selbst gemacht hast. Wer dieser Browser bis jetzt war und was er noch nicht gesendet hat, geht verloren.',
    confirm: 'Weiter',
    cancel: 'Bleiben, wer ich bin',
  },
  done: {
    title: 'Du bist auch hier du selbst',
    text: 'Öffne deine Räume über ihre Links und sag den Namen, den du dort hast.',
  },
  expired: {
    title: 'Dieser Link gilt nicht',
    text: 'Er gilt einmal und zehn Minuten lang. Mach auf dem Gerät, von dem du kommst, einen neuen.',
  },
}
