import type { ModerationStrings, UsageFigures } from '../en/moderation.ts'
import { formatsOf } from '../formats.ts'

const { plural, list, named, money, percent, kilobytes } = formatsOf('de')

export const moderationDe: ModerationStrings = {
  fingerprint: (mark) => `In diesem Raum an ${mark} zu erkennen, unter jedem Namen.`,
  loading: 'Einen Moment …',
  settings: 'Einstellungen',
  people: 'Personen und Rollen',
  audit: 'Moderationsprotokoll',
  copyLink: 'Link kopieren',
  noOwner:
    'Dieser Raum gehört niemandem. Mit dem Link kann jeder beitreten, und niemand kann den Raum abschließen, Leute entfernen oder ihre Nachrichten löschen.',
  ownerStays: 'Dieser Raum gehört dir. Übergib ihn an jemanden, bevor du ihn endgültig verlässt.',
  roles: { owner: 'Besitz', moderator: 'Moderation', member: 'Mitglied', reader: 'Nur lesen' },
  save: 'Speichern',
  saved: 'Gespeichert.',
  field: {
    title: 'Titel',
    titleMore: 'Wird statt des Namens im Link gezeigt.',
    welcome: 'Begrüßung',
    welcomeMore: 'Wird allen gezeigt, die beitreten.',
    access: 'Wer beitreten kann',
    open: 'Alle, die den Link haben',
    invite: 'Nur Personen mit Einladungslink',
    locked: 'Abgeschlossen: Niemand Neues kann beitreten',
    slow: 'Langsamer Modus',
    slowMore:
      'Wie lange jedes Mitglied zwischen zwei Nachrichten, Änderungen oder Reaktionen mit Worten wartet.',
    retention: 'Nachrichten aufbewahren',
  },
  slow: (ms) =>
    ms === 0
      ? 'Aus'
      : ms < 60_000
        ? plural(ms / 1_000, { one: '# Sekunde', other: '# Sekunden' })
        : plural(ms / 60_000, { one: '# Minute', other: '# Minuten' }),
  retention: { '7d': '7 Tage', '30d': '30 Tage', forever: 'bis sie jemand löscht' },
  retentionWarning: (days) =>
    `Nachrichten, die älter als ${days} sind, werden innerhalb eines Tages gelöscht. Du kannst sie nicht zurückholen.`,
  inviteHint:
    'Wer schon einmal beigetreten ist, kann es weiterhin. Erstell für alle anderen Einladungslinks.',
  transfer: 'Raum übergeben',
  transferMore: 'Wähl eine Person aus, dann „Raum an diese Person übergeben“. Du moderierst danach noch.',

  linksMore:
    'Mit einem Einladungslink kann jeder beitreten, solange der Raum nicht abgeschlossen ist. Wenn du ihn widerrufst, gilt das auch für alle, die ihn geöffnet haben und noch nicht beigetreten sind. Browser behalten geöffnete Links in ihrem Verlauf. Lass einen Link deshalb nicht länger gelten als nötig.',
  link: {
    role: 'Rolle beim Beitreten',
    expires: 'Gültig für',
    uses: 'Benutzbar',
    make: 'Link erstellen',
    made: 'Kopier den Link jetzt. Er wird nicht noch einmal gezeigt.',
    none: 'Es gibt keine Links.',
    revoke: 'Widerrufen',
    revoked: 'Dieser Link gilt nicht mehr.',
    spans: { hour: 'eine Stunde', day: 'einen Tag', week: 'eine Woche', ever: 'unbegrenzte Zeit' },
    times: (uses) => (uses === 0 ? 'beliebig oft' : plural(uses, { one: 'einmal', other: '#-mal' })),
    left: (uses) => (uses === 0 ? 'aufgebraucht' : plural(uses, { one: 'noch einmal', other: 'noch #-mal' })),
    waiting: (count) =>
      plural(count, {
        one: 'eine Person hat ihn geöffnet und kann noch beitreten',
        other: '# Personen haben ihn geöffnet und können noch beitreten',
      }),
    until: (moment) => `bis ${moment}`,
    madeAt: (moment) => `Erstellt: ${moment}`,
  },

  here: 'hier',
  lastSeen: (day) => `zuletzt hier: ${day}`,
  mutedUntil: (moment) => `stumm bis ${moment}`,
  banned: 'gesperrt',
  bannedUntil: (moment) => `gesperrt bis ${moment}`,
  reason: 'Grund',
  reasonMore: 'Für die Moderation. Du kannst das Feld leer lassen.',
  mute: 'Stummschalten für',
  unmute: 'Stummschaltung aufheben',
  kick: 'Aus dem Raum entfernen',
  kickMore: 'Die Person kann sofort wieder beitreten.',
  ban: 'Sperren',
  banFor: { day: 'für einen Tag', ever: 'für immer' },
  network: 'Auch Neue aus demselben Netz sperren',
  unban: 'Sperre aufheben',
  role: 'Rolle',
  makeOwner: 'Raum an diese Person übergeben',
  makeOwnerConfirm: (name) => `Den Raum an ${named(name)} übergeben? Du moderierst ihn danach noch.`,
  confirm: 'Übergeben',
  cancel: 'Abbrechen',
  spans: { tenMinutes: '10 Minuten', hour: '1 Stunde', day: '1 Tag' },
  done: {
    kick: (name) => `${named(name)} wurde aus dem Raum entfernt.`,
    mute: (name) => `${named(name)} ist stumm.`,
    unmute: (name) => `${named(name)} ist nicht mehr stumm.`,
    ban: (name) => `${named(name)} ist gesperrt.`,
    unban: (name) => `${named(name)} ist nicht mehr gesperrt.`,
    setRole: (name) => `${named(name)} hat eine neue Rolle.`,
  },

  report: 'Diese Nachricht melden',
  reportMore: 'Die Moderation sieht die Nachricht und auch, dass du sie gemeldet hast.',
  reportSend: 'Melden',
  reported: 'Gemeldet. Danke.',
  block: (name) => `${named(name)} blockieren`,
  blockMore:
    'Du blendest die Nachrichten dieser Person aus, und sie kann dich nicht einladen. Niemand erfährt davon.',
  blocked: (name) => `Du hast ${named(name)} blockiert.`,
  forget: 'Mich aus diesem Raum löschen',
  forgetMore:
    'Deine Nachrichten hier werden für alle gelöscht, dazu dein Name, deine Rolle und dein Platz im Raum. Antworten, die dich zitieren, bleiben. Du kannst das nicht rückgängig machen.',
  forgetConfirm: 'Mich löschen',

  erase: 'Diesen Raum löschen',
  eraseMore:
    'Alles darin wird sofort und für alle gelöscht: Nachrichten, Personen, Links. Alle werden aus dem Raum entfernt. Du kannst das nicht rückgängig machen.',
  eraseConfirm: 'Endgültig löschen',

  auditNone: 'Noch nichts.',
  auditOlder: 'Ältere zeigen',
  auditEntry: {
    set: (who, what) => `${named(who)} hat Einstellungen geändert: ${list(what)}`,
    kick: (who, whom) => `${named(who)} hat ${named(whom)} aus dem Raum entfernt`,
    mute: (who, whom, how) => `${named(who)} hat ${named(whom)} für ${how} stummgeschaltet`,
    unmute: (who, whom) => `${named(who)} hat die Stummschaltung von ${named(whom)} aufgehoben`,
    ban: (who, whom, how, network) =>
      `${named(who)} hat ${named(whom)} ${how} gesperrt${network ? ', samt Netz' : ''}`,
    unban: (who, whom) => `${named(who)} hat die Sperre von ${named(whom)} aufgehoben`,
    setRole: (who, whom, role) => `${named(who)} hat ${named(whom)} eine Rolle gegeben: ${role}`,
    makeLink: (who, role) => `${named(who)} hat einen Einladungslink erstellt, mit der Rolle ${role}`,
    redeemLink: (who, role) => `${named(who)} hat einen Einladungslink geöffnet, mit der Rolle ${role}`,
    revokeLink: (who) => `${named(who)} hat einen Einladungslink widerrufen`,
    report: (who, whom, others) =>
      others === 0
        ? `${named(who)} hat eine Nachricht von ${named(whom)} gemeldet`
        : `${named(who)} und ${plural(others, { one: 'eine weitere Person', other: '# weitere Personen' })} haben eine Nachricht von ${named(whom)} gemeldet`,
    deleteChat: (who, whom) => `${named(who)} hat eine Nachricht von ${named(whom)} gelöscht`,
    editChat: (who, whom) => `${named(who)} hat eine Nachricht von ${named(whom)} geändert`,
    other: (who, what) => `${named(who)}: ${what}`,
    banUnclear: (who, whom, text) => `${named(who)} hat ${named(whom)} gesperrt, vermerkt als „${text}“`,
    because: (text, reason) => `${text}: ${reason}`,
    forSpan: (span) => `für ${span}`,
    someone: 'jemand',
    someoneKnownBy: (mark) => `Jemand (${mark})`,
  },
  settingNames: {
    title: 'Titel',
    welcome: 'Begrüßung',
    locked: 'Schloss',
    slowMs: 'Langsamkeit',
    retention: 'wie lange Nachrichten aufbewahrt werden',
    access: 'wer beitreten kann',
  },
  duration: (ms) =>
    ms < 3_600_000
      ? plural(Math.round(ms / 60_000), { one: '# Minute', other: '# Minuten' })
      : ms < 86_400_000
        ? plural(Math.round(ms / 3_600_000), { one: '# Stunde', other: '# Stunden' })
        : plural(Math.round(ms / 86_400_000), { one: '# Tag', other: '# Tage' }),

  cost: {
    title: 'Was dieser Raum kostet',
    loading: 'Wird zusammengezählt …',
    failed: 'Die Kosten sind gerade nicht verfügbar. Versuch es später noch einmal.',
    month: (dollars, pricesOf) =>
      `In diesem Monat ${dollars < 0.01 ? 'weniger als ein Cent' : money(dollars)}, zu den öffentlichen Preisen vom ${pricesOf}, ohne die Freimengen eines Tarifs.`,
    today: (used: UsageFigures) =>
      `Heute ${list([
        plural(used.messages, { one: '# Nachricht', other: '# Nachrichten' }),
        plural(used.rowsWritten, { one: '# Zeile geschrieben', other: '# Zeilen geschrieben' }),
        plural(used.rowsRead, { one: '# gelesen', other: '# gelesen' }),
        plural(Math.ceil(used.requests), { one: '# Anfrage', other: '# Anfragen' }),
      ])}; aktiv für etwa ${plural(Math.ceil(used.activeSeconds), { one: '# Sekunde', other: '# Sekunden' })}.`,
    part: (part) => `Das sind ${percent(part)} der täglichen Freimenge des kostenlosen Tarifs.`,
    stored: (bytes) => `Er speichert ${kilobytes(bytes / 1_000)}.`,
    uncounted: (changes) =>
      plural(changes, {
        one: 'Eine weitere Änderung wurde nicht gezählt.',
        other: '# weitere Änderungen wurden nicht gezählt.',
      }),
  },
}
