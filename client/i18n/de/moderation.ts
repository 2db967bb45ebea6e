import type { ModerationStrings } from '../en/moderation.ts'
import { formatsOf } from '../formats.ts'

const { plural, list, named } = formatsOf('de')

export const moderationDe: ModerationStrings = {
  fingerprint: (mark) => `Hier an ${mark} zu erkennen, unter welchem Namen auch immer.`,
  loading: 'Einen Moment …',
  settings: 'Einstellungen',
  people: 'Personen und Rollen',
  audit: 'Was getan wurde',
  copyLink: 'Link kopieren',
  noOwner:
    'Dieser Raum gehört niemandem: Er begann mit seinem Namen. Wer den Link hat, kommt hinein, und niemand kann ihn abschließen, andere hinausbitten oder löschen, was sie gesagt haben.',
  ownerStays: 'Dieser Raum gehört dir. Um ihn endgültig zu verlassen, übergib ihn zuerst an jemand anderen.',
  roles: { owner: 'Besitz', moderator: 'Moderation', member: 'Mitglied', reader: 'Nur lesen' },
  save: 'Speichern',
  saved: 'Gespeichert.',
  field: {
    title: 'Titel',
    titleMore: 'Wird statt des Namens im Link gezeigt.',
    welcome: 'Begrüßung',
    welcomeMore: 'Was Neue zuerst lesen.',
    access: 'Wer hineinkommt',
    open: 'Alle, die den Link haben',
    invite: 'Nur mit Einladungslink',
    locked: 'Abgeschlossen: Niemand Neues kommt hinein',
    slow: 'Langsam',
    slowMore: 'Wie lange jedes Mitglied zwischen zwei Nachrichten wartet.',
    retention: 'Nachrichten werden aufbewahrt',
  },
  slow: (ms) =>
    ms === 0
      ? 'Aus'
      : ms < 60_000
        ? plural(ms / 1_000, { one: '# Sekunde', other: '# Sekunden' })
        : plural(ms / 60_000, { one: '# Minute', other: '# Minuten' }),
  retention: { '7d': '7 Tage', '30d': '30 Tage', forever: 'bis sie jemand löscht' },
  retentionWarning: (days) =>
    `Nachrichten, die älter als ${days} sind, werden dann innerhalb eines Tages gelöscht. Sie lassen sich nicht zurückholen.`,
  inviteHint:
    'Wer schon einmal drinnen war, kommt weiterhin hinein. Für alle anderen kannst du Einladungslinks machen.',
  transfer: 'Raum übergeben',
  transferMore: 'Such die Person aus, dann „Raum übergeben an sie“. Du moderierst danach noch.',

  linksMore: 'Wer so einen Link öffnet, wird eingelassen, wo andere es nicht werden; an einem Schloss nicht.',
  link: {
    role: 'Wer damit kommt, hat die Rolle',
    expires: 'Er gilt',
    uses: 'Er lässt sich benutzen',
    make: 'Link machen',
    made: 'Hier ist er. Er wird nur jetzt gezeigt, also kopier ihn.',
    none: 'Es gibt keine Links.',
    revoke: 'Zurücknehmen',
    revoked: 'Dieser Link gilt nicht mehr.',
    spans: { hour: 'eine Stunde', day: 'einen Tag', week: 'eine Woche', ever: 'für immer' },
    times: (uses) => (uses === 0 ? 'beliebig oft' : plural(uses, { one: 'einmal', other: '#-mal' })),
    left: (uses) => plural(uses, { one: 'noch einmal', other: 'noch #-mal' }),
    until: (moment) => `bis ${moment}`,
    madeAt: (moment) => `Gemacht: ${moment}`,
  },

  here: 'hier',
  lastSeen: (day) => `zuletzt hier: ${day}`,
  mutedUntil: (moment) => `stumm bis ${moment}`,
  banned: 'ausgesperrt',
  bannedUntil: (moment) => `ausgesperrt bis ${moment}`,
  reason: 'Grund',
  reasonMore: 'Für die, die sich um den Raum kümmern. Du musst keinen nennen.',
  mute: 'Stumm für',
  unmute: 'Wieder schreiben lassen',
  kick: 'Hinausbitten',
  kickMore: 'Die Person kann sofort wiederkommen.',
  ban: 'Aussperren',
  banFor: { day: 'für einen Tag', ever: 'für immer' },
  network: 'Auch Neue aus demselben Netz fernhalten',
  unban: 'Wieder hineinlassen',
  role: 'Rolle',
  makeOwner: 'Raum übergeben an sie',
  makeOwnerConfirm: (name) => `Den Raum an ${named(name)} übergeben? Du moderierst ihn danach noch.`,
  confirm: 'Ja, so machen',
  cancel: 'Doch nicht',
  spans: { tenMinutes: '10 Minuten', hour: '1 Stunde', day: '1 Tag' },
  done: {
    kick: (name) => `${named(name)} wurde hinausgebeten.`,
    mute: (name) => `${named(name)} ist stumm.`,
    unmute: (name) => `${named(name)} kann wieder schreiben.`,
    ban: (name) => `${named(name)} ist ausgesperrt.`,
    unban: (name) => `${named(name)} kann wieder hinein.`,
    setRole: (name) => `${named(name)} hat jetzt eine andere Rolle.`,
  },

  report: 'Diese Nachricht melden',
  reportMore: 'Wer sich um diesen Raum kümmert, sieht sie und auch, dass du sie gemeldet hast.',
  reportSend: 'Melden',
  reported: 'Gemeldet. Danke.',
  block: (name) => `${named(name)} blockieren`,
  blockMore:
    'Du siehst diese Nachrichten nur, wenn du es willst, und wirst von dieser Person nicht eingeladen. Niemand erfährt davon.',
  blocked: (name) => `Du hast ${named(name)} blockiert.`,
  forget: 'Mich hier vergessen lassen',
  forgetMore:
    'Deine Nachrichten hier werden für alle gelöscht, und dein Name, deine Rolle und dein Platz im Raum verschwinden. Antworten, die dich zitieren, bleiben bei denen, die sie geschrieben haben. Das lässt sich nicht rückgängig machen.',
  forgetConfirm: 'Vergesst mich',

  erase: 'Diesen Raum löschen',
  eraseMore:
    'Alles darin verschwindet sofort und für alle: Nachrichten, Personen, Links. Niemand kann es zurückholen, und alle, die darin sind, werden hinausgebeten.',
  eraseConfirm: 'Endgültig löschen',

  auditNone: 'Noch nichts.',
  auditOlder: 'Ältere zeigen',
  auditEntry: {
    set: (who, what) => `${named(who)} hat Einstellungen geändert: ${list(what)}`,
    kick: (who, whom) => `${named(who)} hat ${named(whom)} hinausgebeten`,
    mute: (who, whom, how) => `${named(who)} hat ${named(whom)} für ${how} stummgeschaltet`,
    unmute: (who, whom) => `${named(who)} lässt ${named(whom)} wieder schreiben`,
    ban: (who, whom, how, network) =>
      `${named(who)} hat ${named(whom)} ${how} ausgesperrt${network ? ', samt Netz' : ''}`,
    unban: (who, whom) => `${named(who)} hat ${named(whom)} wieder hineingelassen`,
    setRole: (who, whom, role) => `${named(who)} hat ${named(whom)} eine Rolle gegeben: ${role}`,
    makeLink: (who, role) => `${named(who)} hat einen Link gemacht, mit der Rolle ${role}`,
    revokeLink: (who) => `${named(who)} hat einen Link zurückgenommen`,
    report: (who, whom) => `${named(who)} hat eine Nachricht von ${named(whom)} gemeldet`,
    deleteChat: (who, whom) => `${named(who)} hat eine Nachricht von ${named(whom)} gelöscht`,
    editChat: (who, whom) => `${named(who)} hat eine Nachricht von ${named(whom)} geändert`,
    other: (who, what) => `${named(who)}: ${what}`,
    because: (said, reason) => `${said}: ${reason}`,
    forSpan: (span) => `für ${span}`,
    someone: 'jemand',
  },
  settingNames: {
    title: 'Titel',
    welcome: 'Begrüßung',
    locked: 'Schloss',
    slowMs: 'Langsamkeit',
    retention: 'wie lange Nachrichten aufbewahrt werden',
    access: 'wer hineinkommt',
  },
  duration: (ms) =>
    ms < 3_600_000
      ? plural(Math.round(ms / 60_000), { one: '# Minute', other: '# Minuten' })
      : ms < 86_400_000
        ? plural(Math.round(ms / 3_600_000), { one: '# Stunde', other: '# Stunden' })
        : plural(Math.round(ms / 86_400_000), { one: '# Tag', other: '# Tage' }),
}
